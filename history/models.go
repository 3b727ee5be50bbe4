package history

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"

	"groqchat/chat"
	"groqchat/history/atomicfile"
)

const (
	modelsName = "models.json"
	maxModels  = 4 << 20
)

// ModelCache is the list of models as the server last gave it.
type ModelCache struct{ dir string }

// modelList is the file. The rows have names of their own, so that the type in
// package chat can be renamed without losing anybody's cache.
type modelList struct {
	Version int         `json:"version"`
	Fetched time.Time   `json:"fetched"`
	Models  []modelInfo `json:"models"`
}

// modelInfo has the fields of chat.ModelInfo in the same order; a new one there
// does not compile until it is here.
type modelInfo struct {
	ID            string      `json:"id"`
	Name          string      `json:"name,omitempty"`
	Owner         string      `json:"owner,omitempty"`
	Status        chat.Status `json:"status,omitempty"`
	Context       int         `json:"context,omitempty"`
	MaxOutput     int         `json:"max_output,omitempty"`
	Speed         int         `json:"speed,omitempty"`
	PriceIn       float64     `json:"price_in,omitempty"`
	PriceCached   float64     `json:"price_cached,omitempty"`
	PriceOut      float64     `json:"price_out,omitempty"`
	Images        bool        `json:"images,omitempty"`
	Efforts       []string    `json:"efforts,omitempty"`
	DefaultEffort string      `json:"default_effort,omitempty"`
	Chat          bool        `json:"chat,omitempty"`
	ShutDown      string      `json:"shut_down,omitempty"`
	Replacement   string      `json:"replacement,omitempty"`
	FreeDay       int         `json:"free_day,omitempty"`
	FreeMinute    int         `json:"free_minute,omitempty"`
}

// OpenModelCache gives the cache in a folder. It does no I/O.
func OpenModelCache(cacheDir string) *ModelCache { return &ModelCache{dir: cacheDir} }

// Load gives the list and when it was fetched. The error is an [ErrNone] when
// there is no list; a file that cannot be read as one is an error too, which the
// next Save mends, since a cache holds nothing that could be lost.
func (c *ModelCache) Load() ([]chat.ModelInfo, time.Time, error) {
	text, _, err := readRegular(c.dir, modelsName, maxModels)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, time.Time{}, absent("no list of models is saved yet")
	}
	var list modelList
	if err == nil {
		err = json.Unmarshal(text, &list)
	}
	if err == nil && list.Version != formatVersion {
		err = errors.New("it is of another version")
	}
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("read the saved list of models: %w", err)
	}
	models := make([]chat.ModelInfo, 0, len(list.Models))
	for _, m := range list.Models {
		models = append(models, chat.ModelInfo(m))
	}
	return models, list.Fetched, nil
}

// Save replaces the list by the one that was fetched at now.
func (c *ModelCache) Save(models []chat.ModelInfo, now time.Time) error {
	list := modelList{Version: formatVersion, Fetched: now.UTC(), Models: make([]modelInfo, 0, len(models))}
	for _, m := range models {
		list.Models = append(list.Models, modelInfo(m))
	}
	text, err := json.MarshalIndent(list, "", "  ")
	if err == nil {
		err = atomicfile.Write(filepath.Join(c.dir, modelsName), append(text, '\n'), fileMode)
	}
	if err != nil {
		return fmt.Errorf("save the list of models: %w", err)
	}
	return nil
}
