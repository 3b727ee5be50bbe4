package ui

import "strings"

// The console of Linux has a font of at most 512 signs, the kernel's own one of the
// 256 of code page 437 (drivers/tty/vt/cp437.uni). Of ours some are in none of its
// usual fonts; there, each is drawn as another one of the same width.

// consoleSigns is pairs: a sign, and what the console draws for it.
func consoleSigns() []string {
	return []string{
		"❯", ">", "▸", "►", "▾", "▼", "★", "*", "●", "•", "▪", "■", "▫", "■", "◌", "o", "✓", "√", "✗", "x", "☐", "o",
		"┃", "│", "╿", "│", "━", "─", "↻", "»", "↳", ">", "↪", "»", "…", "~", "⋯", "~", "–", "-", "—", "-", "−", "-", "×", "x",
		"“", `"`, "”", `"`, "„", `"`, "‘", "'", "’", "'", "‹", "<", "›", ">", "€", "E",
		"▁", "_", "▂", "_", "▃", "▄", "▅", "▄", "▆", "█", "▇", "█", "▉", "█", "▊", "█", "▋", "▌", "▍", "▌", "▎", "│", "▏", "│",
		"⠋", "/", "⠙", "-", "⠹", `\`, "⠸", "|", "⠼", "/", "⠴", "-", "⠦", `\`, "⠧", "|", "⠇", "/", "⠏", "-",
	}
}

// consoleFont draws rows with the signs of the console, nil elsewhere.
func consoleFont(console bool) *strings.Replacer {
	if !console {
		return nil
	}
	return strings.NewReplacer(consoleSigns()...)
}

// drawn is the rows in the signs that the terminal has, in place.
func (m *Model) drawn(rows []string) []string {
	if m.font == nil {
		return rows
	}
	for i, row := range rows {
		rows[i] = m.font.Replace(row)
	}
	return rows
}
