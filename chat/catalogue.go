package chat

// Builtin is the catalogue of autumn 2026, for the first start and for what
// GET /models does not say. Sources: Groq's documentation of models, prices and
// deprecations (September and October 2026).
func Builtin() Catalogue {
	return append(current(), retired()...)
}

// How many tokens a free key has for a day and for a minute, of each model (Groq's
// page of rate limits, October 2026).
const (
	freeDay    = 200_000
	freeMinute = 8_000
)

func current() Catalogue {
	levels := []string{"low", "medium", "high"}
	return Catalogue{
		{
			ID: DefaultModel, Name: "GPT OSS 120B", Owner: "OpenAI", Status: Production, Chat: true,
			Context: 131072, MaxOutput: 65536, Speed: 500, PriceIn: 0.15, PriceCached: 0.075, PriceOut: 0.60,
			Efforts: levels, DefaultEffort: "medium", FreeDay: freeDay, FreeMinute: freeMinute,
		},
		{
			ID: "openai/gpt-oss-20b", Name: "GPT OSS 20B", Owner: "OpenAI", Status: Production, Chat: true,
			Context: 131072, MaxOutput: 65536, Speed: 1000, PriceIn: 0.075, PriceCached: 0.0375, PriceOut: 0.30,
			Efforts: levels, DefaultEffort: "medium", FreeDay: freeDay, FreeMinute: freeMinute,
		},
		{
			ID: "qwen/qwen3.8-27b", Name: "Qwen3.8 27B", Owner: "Alibaba Cloud", Status: Preview, Chat: true,
			Context: 131072, MaxOutput: 16384, Speed: 450, PriceIn: 0.80, PriceOut: 4.00, Images: true,
			Efforts: []string{"none", "default", "low", "medium", "high"}, DefaultEffort: "none", FreeDay: freeDay, FreeMinute: freeMinute,
		},
		{
			ID: "openai/gpt-oss-safeguard-20b", Name: "GPT OSS Safeguard 20B", Owner: "OpenAI", Status: Preview,
			Context: 131072, MaxOutput: 65536, PriceIn: 0.075, PriceCached: 0.037, PriceOut: 0.30, FreeDay: freeDay, FreeMinute: freeMinute,
		},
		{ID: "whisper-large-v3", Name: "Whisper Large V3", Owner: "OpenAI", Status: Production},
		{ID: "whisper-large-v3-turbo", Name: "Whisper Large V3 Turbo", Owner: "OpenAI", Status: Production},
	}
}

// retired is the models that Groq shut down for free and developer accounts and
// that people still ask for. Several of Groq's own recommendations are retired
// too, so Replacement is what works today.
func retired() Catalogue {
	rows := []struct{ id, day, instead string }{
		{"llama-3.3-70b-versatile", "2026-08-16", DefaultModel},
		{"llama-3.1-8b-instant", "2026-08-16", "openai/gpt-oss-20b"},
		{"llama-3.1-70b-versatile", "2025-01-24", DefaultModel},
		{"mixtral-8x7b-32768", "2025-03-20", DefaultModel},
		{"gemma2-9b-it", "2025-10-08", "openai/gpt-oss-20b"},
		{"deepseek-r1-distill-llama-70b", "2025-10-02", DefaultModel},
		{"groq/compound", "2026-09-21", DefaultModel},
		{"groq/compound-mini", "2026-09-21", DefaultModel},
		{"qwen/qwen3.6-27b", "2026-09-14", "qwen/qwen3.8-27b"},
		{"qwen/qwen3-32b", "2026-07-17", DefaultModel},
		{"meta-llama/llama-4-scout-17b-16e-instruct", "2026-07-17", "qwen/qwen3.8-27b"},
		{"meta-llama/llama-4-maverick-17b-128e-instruct", "2026-03-09", "qwen/qwen3.8-27b"},
		{"moonshotai/kimi-k2-instruct-0905", "2026-04-15", DefaultModel},
		{"moonshotai/kimi-k2-instruct", "2025-10-10", DefaultModel},
		{"llama3-70b-8192", "2025-08-30", DefaultModel},
		{"llama3-8b-8192", "2025-08-30", "openai/gpt-oss-20b"},
		{"mistral-saba-24b", "2025-07-30", DefaultModel},
		{"qwen-qwq-32b", "2025-07-14", DefaultModel},
		{"gemma-7b-it", "2024-12-18", "openai/gpt-oss-20b"},
	}
	models := make(Catalogue, 0, len(rows))
	for _, r := range rows {
		models = append(models, ModelInfo{ID: r.id, Status: Retired, Chat: true, ShutDown: r.day, Replacement: r.instead})
	}
	return models
}
