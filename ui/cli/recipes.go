package cli

import _ "embed"

// recipesPage is the page of `groqchat help recipes`, in Markdown. A test runs each.
//
//go:embed recipes.md
var recipesPage string

// recipesTopic is the word for the page after `groqchat help`.
const recipesTopic = "recipes"
