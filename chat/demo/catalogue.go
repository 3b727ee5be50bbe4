package demo

// catalogue is the models of autumn 2026 with what Groq's documentation and its
// list said of them in September and October 2026; the limits are those of the
// page of 1 October. What no source gives is an assumption: the features of the
// small models, the limits of allam-2-7b, and where "public_apps" appears.
func catalogue() []model {
	var (
		text, sound = []string{"text"}, []string{"audio"}
		harmony     = []string{"low", "medium", "high"}
		full        = []string{"tools", "json_mode", "structured_outputs", "reasoning"}
		chatFree    = limits{rpm: 30, rpd: 1000, tpm: 8000, tpd: 200_000}
		chatPaid    = limits{rpm: 1000, rpd: 500_000, tpm: 250_000}
		guardFree   = limits{rpm: 30, rpd: 14_400, tpm: 15_000, tpd: 500_000}
		guardPaid   = limits{rpm: 100, rpd: 50_000, tpm: 30_000}
		guardPrice  = func(each string) *pricing { return &pricing{Prompt: each, Completion: each} }
	)
	return []model{
		{
			id: "openai/gpt-oss-120b", name: "GPT OSS 120B", created: 1754408224, owner: "OpenAI", apps: true,
			context: 131_072, output: 65_536, speed: 500, harmony: true, effort: harmony,
			inputs: text, outputs: text, features: full, free: chatFree, paid: chatPaid,
			price: &pricing{"0.00000015", "0.0000006", "0", "0", "0.000000075"},
		},
		{
			id: "openai/gpt-oss-20b", name: "GPT OSS 20B", created: 1754407957, owner: "OpenAI", apps: true,
			context: 131_072, output: 65_536, speed: 1000, harmony: true, effort: harmony,
			inputs: text, outputs: text, features: full, free: chatFree, paid: chatPaid,
			price: &pricing{"0.000000075", "0.0000003", "0", "0", "0.0000000375"},
		},
		{
			id: "qwen/qwen3.8-27b", name: "Qwen/Qwen3.8-27B", created: 1786984846, owner: "Alibaba Cloud",
			context: 131_072, output: 16_384, speed: 450, images: 3,
			effort: []string{"none", "default", "low", "medium", "high"},
			inputs: []string{"text", "image"}, outputs: text, features: []string{"tools", "json_mode", "reasoning"},
			// Free organisations have two more buckets for this model alone.
			free:  limits{rpm: 30, rpd: 1000, tpm: 8000, tpd: 200_000, itpm: 7000, otpm: 1000},
			paid:  chatPaid,
			price: &pricing{Prompt: "0.0000008", Completion: "0.000004"},
		},
		{
			id: "openai/gpt-oss-safeguard-20b", name: "GPT OSS Safeguard 20B", created: 1761708789, owner: "OpenAI", apps: true,
			context: 131_072, output: 65_536, speed: 1000, harmony: true, effort: harmony,
			inputs: text, outputs: text, features: []string{"json_mode", "reasoning"},
			free: chatFree, paid: limits{rpm: 1000, rpd: 500_000, tpm: 150_000},
			price: &pricing{"0.000000075", "0.0000003", "0", "0", "0.000000037"},
		},
		{
			id: "meta-llama/llama-prompt-guard-2-22m", name: "Llama Prompt Guard 2 22M", created: 1748632101, owner: "Meta",
			context: 512, output: 512, speed: 1000, apps: true, verdict: "0.0004381", inputs: text, outputs: text,
			price: guardPrice("0.00000003"), free: guardFree, paid: guardPaid,
		},
		{
			id: "meta-llama/llama-prompt-guard-2-86m", name: "Llama Prompt Guard 2 86M", created: 1748632165, owner: "Meta",
			context: 512, output: 512, speed: 1000, apps: true, verdict: "0.0004381", inputs: text, outputs: text,
			price: guardPrice("0.00000004"), free: guardFree, paid: guardPaid,
		},
		{
			id: "allam-2-7b", name: "ALLaM 2 7B", created: 1737672203, owner: "SDAIA", apps: true,
			context: 4096, output: 4096, speed: 600, inputs: text, outputs: text, features: []string{"json_mode"},
			free: limits{rpm: 30, rpd: 7000, tpm: 6000, tpd: 500_000}, paid: chatPaid,
		},
		{
			id: "whisper-large-v3", name: "Whisper Large V3", created: 1693721698, owner: "OpenAI", apps: true,
			context: 448, output: 448, inputs: sound, outputs: []string{"transcription"},
			free: limits{rpm: 20, rpd: 2000}, paid: limits{rpm: 300, rpd: 200_000},
		},
		{
			id: "whisper-large-v3-turbo", name: "Whisper Large V3 Turbo", created: 1728413088, owner: "OpenAI",
			context: 448, output: 448, inputs: sound, outputs: []string{"transcription"},
			free: limits{rpm: 20, rpd: 2000}, paid: limits{rpm: 400, rpd: 200_000},
		},
		{
			id: "canopylabs/orpheus-v1-english", name: "Orpheus V1 English", created: 1766186316, owner: "Canopy Labs", apps: true,
			context: 4000, output: 50_000, inputs: text, outputs: sound,
			price: &pricing{Prompt: "0.000022", Completion: "0"},
		},
		{
			id: "canopylabs/orpheus-arabic-saudi", name: "Orpheus Arabic Saudi", created: 1765926439, owner: "Canopy Labs", apps: true,
			context: 4000, output: 50_000, inputs: text, outputs: sound,
			price: &pricing{Prompt: "0.00004", Completion: "0"},
		},
	}
}

// decommissioned is the retired models that are refused with 400. Those shut down
// since August 2026 are not in it: Groq answers 404, as if they had never been.
func decommissioned() []string {
	return []string{
		"qwen/qwen3-32b", "meta-llama/llama-4-scout-17b-16e-instruct", "meta-llama/llama-4-maverick-17b-128e-instruct",
		"moonshotai/kimi-k2-instruct-0905", "moonshotai/kimi-k2-instruct", "meta-llama/llama-guard-4-12b",
		"playai-tts", "playai-tts-arabic", "gemma2-9b-it", "gemma-7b-it", "deepseek-r1-distill-llama-70b",
		"deepseek-r1-distill-qwen-32b", "llama3-70b-8192", "llama3-8b-8192", "distil-whisper-large-v3-en",
		"mistral-saba-24b", "qwen-qwq-32b", "qwen-2.5-32b", "qwen-2.5-coder-32b", "llama-guard-3-8b",
		"llama-3.2-1b-preview", "llama-3.2-3b-preview", "llama-3.2-11b-vision-preview", "llama-3.2-90b-vision-preview",
		"llama-3.3-70b-specdec", "mixtral-8x7b-32768", "llama-3.1-70b-versatile", "llama-3.1-70b-specdec",
		"llama3-groq-8b-8192-tool-use-preview", "llama3-groq-70b-8192-tool-use-preview",
	}
}
