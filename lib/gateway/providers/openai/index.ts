import { openAiCompatible } from '../openai-format/provider';

/** Models of other endpoints than ours, and retired ones that the price list still has. */
const NOT_LISTED =
  /^(ft:|.*\.ft-|gpt-oss|gpt-3\.5)|realtime|transcribe|tts|image|instruct|vision|:extended|4\.5-preview|^gpt-4-32k|^o1-(mini|preview)|ada-002/;

export const openai = openAiCompatible({
  id: 'openai',
  name: 'OpenAI',
  serves: 'GPT and o-series models: chat completions, Responses and embeddings.',
  servesModel: (model) => /^(gpt-|chatgpt-|o\d|text-embedding-|codex-|computer-use-|ft:)/i.test(model),
  lists: (model) => openai.servesModel(model) && !NOT_LISTED.test(model),
  keyForm: { begins: 'sk-', copyFrom: 'platform.openai.com, under API keys' },
});
