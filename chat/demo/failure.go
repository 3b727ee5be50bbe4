package demo

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

const invalidRequest = "invalid_request_error"

// failure is an error as Groq sends it: a status and the object behind "error".
type failure struct {
	status int
	wait   time.Duration // before the same request can pass; 0: none is told

	Message          string  `json:"message"`
	Type             string  `json:"type"`
	Param            string  `json:"param,omitempty"`
	Code             string  `json:"code,omitempty"`
	FailedGeneration *string `json:"failed_generation,omitempty"`
	StatusCode       int     `json:"status_code,omitempty"` // within a stream only
}

type envelope struct {
	Error *failure `json:"error"`
}

// write sends the failure in place of an answer. retry-after is whole seconds,
// rounded up, and accompanies 413 as well as 429.
func (f *failure) write(w http.ResponseWriter) {
	if f.wait > 0 {
		seconds := (f.wait + time.Second - 1) / time.Second
		w.Header().Set("Retry-After", strconv.FormatInt(int64(seconds), 10))
	}
	writeJSON(w, f.status, envelope{f})
}

// writeJSON sends one object and a line feed, as Groq does. An error of writing
// is the client's going away, after which there is nobody to tell.
func writeJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "private, max-age=0, no-store, no-cache, must-revalidate")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

// invalid is a 400 about the request.
func invalid(format string, args ...any) *failure {
	return &failure{status: http.StatusBadRequest, Message: fmt.Sprintf(format, args...), Type: invalidRequest}
}

// about names the parameter that the failure is about.
func (f *failure) about(param string) *failure {
	f.Param = param
	return f
}

func unauthorized() *failure {
	return &failure{
		status: http.StatusUnauthorized, Message: "Invalid API Key", Type: invalidRequest, Code: "invalid_api_key",
	}
}

func unknownURL(method, path string) *failure {
	return &failure{
		status: http.StatusNotFound, Type: invalidRequest, Code: "unknown_url",
		Message: "Unknown request URL: " + method + " " + path +
			". Please check the URL for typos, or see the docs at https://console.groq.com/docs/",
	}
}

func modelNotFound(id string) *failure {
	return &failure{
		status: http.StatusNotFound, Type: invalidRequest, Code: "model_not_found",
		Message: "The model `" + id + "` does not exist or you do not have access to it.",
	}
}

func modelDecommissioned(id string) *failure {
	return &failure{
		status: http.StatusBadRequest, Type: invalidRequest, Code: "model_decommissioned",
		Message: "The model `" + id + "` has been decommissioned and is no longer supported. Please refer to " +
			"https://console.groq.com/docs/deprecations for a recommendation on which model to use instead.",
	}
}

func internalError() *failure {
	return &failure{
		status: http.StatusInternalServerError, Message: "Internal Server Error", Type: "internal_server_error",
	}
}
