import { describe, expect, it } from 'vitest';
import { placed, weave } from './thinking-place';

const thought = (name: string, text = 0, calls = 0) => ({
  type: 'thinking',
  ...placed({ thinking: name, signature: name }, text, calls),
});
const bare = (name: string) => ({ type: 'thinking', thinking: name, signature: name });
const text = (value: string, extra = {}) => ({ type: 'text', text: value, ...extra });
const call = (id: string) => ({ type: 'tool_use', id });
const cached = { cache_control: { type: 'ephemeral' } };

describe('weave', () => {
  it.each([
    ['in front without a place', [bare('a')], [text('xy')], [call('1')], [bare('a'), text('xy'), call('1')]],
    ['inside text', [thought('a', 1)], [text('xy', cached)], [], [text('x'), bare('a'), text('y', cached)]],
    [
      'several at one place',
      [thought('a', 1), thought('b', 1)],
      [text('xy')],
      [],
      [text('x'), bare('a'), bare('b'), text('y')],
    ],
    [
      'across text parts',
      [thought('a', 3)],
      [text('xy'), text('zw')],
      [],
      [text('xy'), text('z'), bare('a'), text('w')],
    ],
    ['between text parts', [thought('a', 2)], [text('xy'), text('zw')], [], [text('xy'), bare('a'), text('zw')]],
    ['between text and calls', [thought('a', 2)], [text('xy')], [call('1')], [text('xy'), bare('a'), call('1')]],
    [
      'between calls',
      [thought('a', 2, 1)],
      [text('xy')],
      [call('1'), call('2')],
      [text('xy'), call('1'), bare('a'), call('2')],
    ],
    [
      'behind what is there',
      [thought('a', 99, 0), thought('b', 99, 7)],
      [text('xy')],
      [call('1')],
      [text('xy'), bare('a'), call('1'), bare('b')],
    ],
    ['around white space, which can not stand alone', [thought('a', 2)], [text('  ')], [], [bare('a')]],
  ])('puts thinking %s', (_name, thinking, texts, calls, expected) => {
    expect(weave(thinking, texts, calls)).toEqual(expected);
  });

  it('ignores places that are none', () => {
    const odd = { ...bare('a'), position: { text: 'x', tool_calls: -1 } };
    expect(weave([odd], [text('xy')], [])).toEqual([bare('a'), text('xy')]);
  });
});
