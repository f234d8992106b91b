import type { ChatStream } from '../../provider';
import { DONE, errorFrame } from './chunk-writer';
import { ChoiceStream, type StreamContext } from './stream-choice';
import { addChatUsage, toChatUsage } from './usage';

/**
 * Turns the events of Anthropic streams into the SSE texts of one OpenAI stream, in the order they come. `[DONE]` follows
 * only a clean end of all.
 */
export function createChatStream(context: StreamContext): ChatStream {
  const choices = Array.from({ length: context.choices ?? 1 }, (_, index) => new ChoiceStream(context, index));
  let over = false;

  function lastWords(): string[] {
    over = true;
    const [first] = choices;
    const usage = addChatUsage(choices.map((choice) => toChatUsage(choice.usage)));
    return [...(context.includeUsage && first ? [first.writer.usage(usage)] : []), DONE];
  }

  return {
    push(event, index = 0) {
      const choice = choices[index];
      if (over || !choice) return [];
      const texts = choice.push(event);
      if (choice.state === 'open') return texts;
      if (choice.state === 'failed') over = true;
      else if (choices.every(({ state }) => state === 'finished')) texts.push(...lastWords());
      return texts;
    },
    end(index = 0, failure) {
      if (over || choices[index]?.state === 'finished') return [];
      over = true;
      const { message, type } = failure ?? { message: "The provider's stream ended early.", type: 'api_error' };
      const code = type === 'billing_error' ? 'insufficient_quota' : 'stream_ended_early';
      return [errorFrame({ message, type, param: null, code })];
    },
    get over() {
      return over;
    },
  };
}
