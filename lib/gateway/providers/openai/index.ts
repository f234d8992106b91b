import { openAiCompatible } from '../openai-format/provider';

export const openai = openAiCompatible({
  id: 'openai',
  name: 'OpenAI',
  serves: 'GPT and o-series models: chat completions, Responses and embeddings.',
  servesModel: (model) => /^(gpt-|chatgpt-|o\d|text-embedding-|codex-|computer-use-|ft:)/i.test(model),
  keyForm: { begins: 'sk-', copyFrom: 'platform.openai.com, under API keys' },
});
