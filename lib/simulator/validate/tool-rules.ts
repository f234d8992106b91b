import { invalid } from '../errors';
import type { Model } from '../model';
import type { PromptRequest } from './schema';

/** How tools and `tool_choice` go together. @throws ApiError 400 */
export function checkTools(request: PromptRequest, model: Model): void {
  const tools = request.tools ?? [];
  const names = tools.map((tool) => tool.name).filter((name) => name !== undefined);
  if (new Set(names).size < names.length) throw invalid('tools: Tool names must be unique.');
  if (tools.length > 0 && tools.every((tool) => tool.defer_loading === true)) {
    throw invalid('At least one tool must have defer_loading=false. All tools cannot be deferred.');
  }
  const choice = request.tool_choice;
  if (!choice) return;
  if (tools.length === 0 && choice.type !== 'none') {
    throw invalid('tool_choice: `tool_choice` may only be specified while providing `tools`.');
  }
  if (choice.type === 'tool' && !names.includes(choice.name)) {
    throw invalid(`tool_choice: Tool '${choice.name}' not found in provided tools.`);
  }
  if (choice.type !== 'any' && choice.type !== 'tool') return;
  if (!model.forcedToolChoice) {
    throw invalid(
      `"tool_choice.type.${choice.type}" is not supported for this model. Use "tool_choice.type.auto" and ask for the ` +
        'tool in the prompt.',
    );
  }
  const thinks = request.thinking?.type === 'enabled' || request.thinking?.type === 'adaptive';
  if (thinks) throw invalid('Thinking may not be enabled when tool_choice forces tool use.');
}
