import { describe, expect, it } from 'vitest';
import { firstLine, previewOfContent, previewOfMessages, previewOfReply } from './preview';

describe('firstLine', () => {
  it.each([
    ['one line', 'one line'],
    ['\n\n  second counts \nthird', 'second counts'],
    ['windows\r\nline', 'windows'],
    ['tab\tand   spaces', 'tab and spaces'],
    ['', ''],
    [' \n\t ', ''],
  ])('%j becomes %j', (text, expected) => {
    expect(firstLine(text, 160)).toBe(expected);
  });

  it('keeps a text of exactly the limit and cuts one character more', () => {
    expect(firstLine('x'.repeat(160), 160)).toBe('x'.repeat(160));
    expect(firstLine('x'.repeat(161), 160)).toBe(`${'x'.repeat(159)}…`);
  });

  it('never leaves half of an emoji or a NUL', () => {
    const cut = firstLine('😀'.repeat(100), 160);
    expect(cut.length).toBeLessThanOrEqual(160);
    expect(Buffer.from(cut, 'utf8').toString('utf8')).toBe(cut);
    expect(firstLine('a\0b', 160)).toBe('a\ufffdb');
  });

  it('stays quick on a text of 20 MB without a line break', () => {
    const blank = Buffer.alloc(20_000_000, ' ').toString('latin1');
    const full = Buffer.alloc(20_000_000, 'x').toString('latin1');
    const started = performance.now();
    firstLine(blank, 160);
    firstLine(full, 160);
    expect(performance.now() - started).toBeLessThan(250);
  });
});

describe('previewOfContent', () => {
  it.each([
    ['a string', 'Hello', 'Hello'],
    [
      'Anthropic text blocks',
      [
        { type: 'thinking', thinking: 'hm' },
        { type: 'text', text: 'Hi' },
      ],
      'Hi',
    ],
    ['OpenAI parts', [{ type: 'image_url' }, { type: 'text', text: 'What is this?' }], 'What is this?'],
    ['one block', { type: 'text', text: 'Hi' }, 'Hi'],
    ['a tool call', [{ type: 'tool_use', name: 'get_weather', input: {} }], 'Calls get_weather'],
    ['an image alone', [{ type: 'image', source: {} }], '[image]'],
    ['a tool result', [{ type: 'tool_result', content: [{ type: 'text', text: '21 °C' }] }], '21 °C'],
    ['an empty tool result', [{ type: 'tool_result' }], '[tool result]'],
    [
      'a reminder before the words',
      [
        { type: 'text', text: '<system-reminder>x' },
        { type: 'text', text: 'Fix it' },
      ],
      'Fix it',
    ],
    ['nothing but a reminder', [{ type: 'text', text: '<system-reminder>x' }], '<system-reminder>x'],
    ['an empty string', '  ', null],
    ['no content', null, null],
    ['a number', 5, null],
    ['blocks that are not blocks', [null, 3, [], [['x']]], null],
  ])('shows %s', (_case, content, expected) => {
    expect(previewOfContent(content)).toBe(expected);
  });
});

describe('previewOfMessages', () => {
  it('takes the last user message, not the last message', () => {
    const messages = [
      { role: 'user', content: 'First' },
      { role: 'assistant', content: 'Reply' },
      { role: 'user', content: [{ type: 'text', text: 'Second\nmore' }] },
      { role: 'assistant', content: 'Prefill' },
    ];
    expect(previewOfMessages(messages)).toBe('Second');
  });

  it('goes back past tool results to what the person said, and shows the result where nobody said anything', () => {
    const result = { role: 'user', content: [{ type: 'tool_result', content: '42' }] };
    expect(previewOfMessages([{ role: 'user', content: 'Count' }, { role: 'assistant', content: [] }, result])).toBe(
      'Count',
    );
    expect(previewOfMessages([result])).toBe('42');
  });

  it.each([[undefined], [null], [[]], [{}], [[{ role: 'system', content: 'x' }]], [[1, 'a', null]]])(
    'is null for %j',
    (messages) => {
      expect(previewOfMessages(messages)).toBeNull();
    },
  );
});

describe('previewOfReply', () => {
  it.each([
    [{ role: 'assistant', content: 'Hi' }, 'Hi'],
    [
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ type: 'function', function: { name: 'f', arguments: '{}' } }],
      },
      'Calls f',
    ],
    [{ role: 'assistant', content: null, refusal: 'I can not.' }, 'I can not.'],
    ['plain output', 'plain output'],
    [{ content: null }, null],
  ])('%j shows %j', (message, expected) => {
    expect(previewOfReply(message)).toBe(expected);
  });
});
