package demo

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
)

// controlPath is where the scene of a running server is told and asked. It lies
// outside of what Groq has, so that no client meets it by accident.
const controlPath = "/demo/scene"

// stage is the scene that the server plays now.
type stage struct{ scene atomic.Pointer[Scene] }

func (s *stage) set(scene Scene) { s.scene.Store(&scene) }

func (s *stage) now() Scene {
	if scene := s.scene.Load(); scene != nil {
		return *scene
	}
	return Scene{}
}

// control tells which scene is played (GET), or changes it (PUT, with the name as
// body; an empty one goes back to choosing by the question).
func (c *call) control() *failure {
	if c.r.Method == http.MethodPut {
		body, err := io.ReadAll(io.LimitReader(c.r.Body, 1<<10))
		if err != nil {
			c.w.exchange.Disconnected = true
			return nil
		}
		scene, err := c.perform(strings.TrimSpace(string(body)))
		if err != nil {
			return invalid("%s", err.Error())
		}
		c.stage.set(scene)
	}
	plainPage(c.w, "text/plain; charset=UTF-8", http.StatusOK, c.stage.now().Name+"\n")
	return nil
}

// perform is the scene of a name, if this server can play it.
func (a *api) perform(name string) (Scene, error) {
	if name == "" {
		return Scene{}, nil
	}
	scene, err := sceneNamed(name)
	if err == nil && scene.drained != "" && a.limiter == nil {
		err = errors.New("this server has no limits that could be spent; start it with another tier")
	}
	return scene, err
}
