package cli

import (
	"github.com/spf13/cobra"
)

// completionExample shows how completions are installed in the four shells.
const completionExample = `bash        source <(groqchat completion bash)
zsh         groqchat completion zsh > "${fpath[1]}/_groqchat"
fish        groqchat completion fish | source
powershell  groqchat completion powershell | Out-String | Invoke-Expression`

// completionCommand is `groqchat completion SHELL`.
func (a *app) completionCommand(root *cobra.Command) *cobra.Command {
	shells := map[string]func() error{
		"bash":       func() error { return root.GenBashCompletionV2(a.out, true) },
		"zsh":        func() error { return root.GenZshCompletion(a.out) },
		"fish":       func() error { return root.GenFishCompletion(a.out, true) },
		"powershell": func() error { return root.GenPowerShellCompletionWithDesc(a.out) },
	}
	names := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use: "completion SHELL", Short: "completions for bash, zsh, fish, powershell", GroupID: groupOther, Annotations: using(""),
		Long:    "Prints the completions for a shell, model and session names included.",
		Example: completionExample, ValidArgs: names, DisableFlagsInUseLine: true,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 || shells[args[0]] == nil {
				return misused("name one shell: bash, zsh, fish or powershell; see groqchat completion --help")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return shells[args[0]]() },
	}
}
