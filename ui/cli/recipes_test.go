package cli

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// recipesOf gives the commands of every recipe by its title.
func recipesOf(page string) map[string]string {
	all := map[string]string{}
	for _, part := range strings.Split(page, "\n## ")[1:] {
		title, rest, _ := strings.Cut(part, "\n")
		_, rest, _ = strings.Cut(rest, "```sh\n")
		all[title], _, _ = strings.Cut(rest, "```")
	}
	return all
}

// recipe TITLE runs a recipe of the page as its reader would.
func recipe(ts *testscript.TestScript, neg bool, args []string) {
	commands := recipesOf(recipesPage)[strings.Join(args, " ")]
	if commands == "" || neg {
		ts.Fatalf("there is no recipe %q", args)
	}
	ts.Check(ts.Exec("sh", "-e", "-c", commands))
}

// TestRecipes_AreAllRun: a recipe that no story runs may be wrong.
func TestRecipes_AreAllRun(t *testing.T) {
	script, err := os.ReadFile("testdata/script/recipes.txtar")
	if err != nil {
		t.Fatal(err)
	}
	all := recipesOf(recipesPage)
	if len(all) < 10 {
		t.Errorf("only %d recipes were found", len(all))
	}
	for title, commands := range all {
		if commands == "" || !regexp.MustCompile(`(?m)^(?:\[exec:git\] )?recipe '?`+regexp.QuoteMeta(title)+`'?$`).Match(script) {
			t.Errorf("no story runs %q", title)
		}
	}
}
