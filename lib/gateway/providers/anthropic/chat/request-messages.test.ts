import { describe, expect, it } from 'vitest';
import { asRecord } from './json';
import { toMessagesRequest } from './request';

function conversation(messages: unknown[]): { system: unknown; messages: unknown; warnings: string[] } {
  const result = toMessagesRequest({ model: 'claude-opus-5-5', messages });
  if (!result.ok) throw new Error(result.message);
  return { system: result.request.system, messages: result.request.messages, warnings: result.warnings };
}

function problem(messages: unknown[]): unknown {
  const result = toMessagesRequest({ model: 'claude-opus-5-5', messages });
  return result.ok ? null : { message: result.message, param: result.param };
}

const text = (value: string) => ({ type: 'text', text: value });
const user = (...content: unknown[]) => ({ role: 'user', content });
const assistant = (...content: unknown[]) => ({ role: 'assistant', content });
const toolCall = (id: string, name: string, json: string) => ({
  id,
  type: 'function',
  function: { name, arguments: json },
});
const ephemeral = { type: 'ephemeral', ttl: '1h' };
const pixel = 'iVBORw0KGgo=';

describe('messages', () => {
  it('moves system and developer messages to the front, in order, with their cache breakpoints', () => {
    const { system, messages } = conversation([
      { role: 'system', content: [{ ...text('One'), cache_control: ephemeral }] },
      { role: 'user', content: 'Hi' },
      { role: 'developer', content: 'Two' },
      { role: 'assistant', content: 'Hello' },
      { role: 'system', content: 'Three', cache_control: ephemeral },
      { role: 'user', content: 'Go' },
    ]);
    expect(system).toEqual([
      { ...text('One'), cache_control: ephemeral },
      text('Two'),
      { ...text('Three'), cache_control: ephemeral },
    ]);
    expect(messages).toEqual([user(text('Hi')), assistant(text('Hello')), user(text('Go'))]);
  });

  it('sends a lone system message as the user message', () => {
    const { system, messages, warnings } = conversation([{ role: 'system', content: 'Say hi' }]);
    expect(system).toBeUndefined();
    expect(messages).toEqual([user(text('Say hi'))]);
    expect(warnings).toHaveLength(1);
  });

  it.each<[string, unknown, unknown]>([
    [
      'an image by address',
      { type: 'image_url', image_url: { url: 'https://a.example/b.png' } },
      { type: 'image', source: { type: 'url', url: 'https://a.example/b.png' } },
    ],
    [
      'an image by data URI',
      { type: 'image_url', image_url: { url: `data:image/png;base64,${pixel}` }, cache_control: ephemeral },
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: pixel }, cache_control: ephemeral },
    ],
    [
      'the usual wrong name of JPEG',
      { type: 'image_url', image_url: `data:image/jpg;charset=x;base64,${pixel}` },
      { type: 'image', source: { type: 'base64', media_type: 'image/jpeg', data: pixel } },
    ],
    [
      'a PDF as an image',
      { type: 'image_url', image_url: { url: 'data:application/pdf;base64,JVBERi0xLjQ=' } },
      { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0xLjQ=' } },
    ],
    [
      'a PDF file',
      { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERi0xLjQ=' } },
      {
        type: 'document',
        source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0xLjQ=' },
        title: 'a.pdf',
      },
    ],
    [
      'a PDF file as bare base64',
      { type: 'file', file: { file_data: 'JVBERi0xLjQ=' } },
      { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0xLjQ=' } },
    ],
    [
      'a text file',
      { type: 'file', file: { filename: 'n.md', file_data: `data:text/markdown;base64,${btoa('# Ni hao')}` } },
      { type: 'document', source: { type: 'text', media_type: 'text/plain', data: '# Ni hao' }, title: 'n.md' },
    ],
    [
      'a text file, percent-encoded',
      { type: 'file', file: { file_data: 'data:application/json,%7B%22a%22%3A%22%C3%BC%22%7D' } },
      { type: 'document', source: { type: 'text', media_type: 'text/plain', data: '{"a":"ü"}' } },
    ],
    [
      'a file by id',
      { type: 'file', file: { file_id: 'file_011CN' } },
      { type: 'document', source: { type: 'file', file_id: 'file_011CN' } },
    ],
    [
      "Anthropic's own document, without unknown members",
      {
        type: 'document',
        source: { type: 'url', url: 'https://a.example/b.pdf' },
        citations: { enabled: true },
        title: null,
        x: 1,
      },
      { type: 'document', source: { type: 'url', url: 'https://a.example/b.pdf' }, citations: { enabled: true } },
    ],
  ])('takes %s', (_name, part, block) => {
    expect(conversation([user(text('See'), part)]).messages).toEqual([user(text('See'), block)]);
  });

  it.each<[string, unknown, string]>([
    [
      'other addresses',
      { type: 'image_url', image_url: { url: 'gs://b/c.png' } },
      'messages.0.content.0.image_url.url',
    ],
    [
      'other images',
      { type: 'image_url', image_url: { url: 'data:image/bmp;base64,Qk0=' } },
      'messages.0.content.0.image_url.url',
    ],
    [
      'other files',
      { type: 'file', file: { file_data: 'data:application/zip;base64,UEs=' } },
      'messages.0.content.0.file.file_data',
    ],
    ['a file that is none', { type: 'file', file: { file_data: 'hello' } }, 'messages.0.content.0.file.file_data'],
    ['an empty file', { type: 'file', file: { filename: 'a.pdf' } }, 'messages.0.content.0.file'],
    ['audio', { type: 'input_audio', input_audio: { data: '', format: 'wav' } }, 'messages.0.content.0'],
  ])('refuses %s', (_name, part, param) => {
    expect(problem([user(part)])).toMatchObject({ param, message: expect.stringContaining(param) });
  });

  it('puts the results of one turn first in one user message, in their order', () => {
    const { messages } = conversation([
      { role: 'user', content: 'Weather?' },
      {
        role: 'assistant',
        content: 'Looking.',
        tool_calls: [toolCall('call_a', 'w', '{"c":"Oslo"}'), toolCall('functions.w:1', 'w', '{"c":"Rome"}')],
      },
      { role: 'tool', tool_call_id: 'call_a', content: '3 degrees' },
      { role: 'user', content: 'Hurry' },
      {
        role: 'tool',
        tool_call_id: 'functions.w:1',
        content: [
          { ...text('20 degrees'), cache_control: ephemeral },
          { type: 'image_url', image_url: { url: 'https://a.example/m.png' } },
        ],
      },
      { role: 'assistant', content: 'Done' },
      { role: 'user', content: 'Thanks' },
    ]);
    expect(messages).toEqual([
      user(text('Weather?')),
      assistant(
        text('Looking.'),
        { type: 'tool_use', id: 'call_a', name: 'w', input: { c: 'Oslo' } },
        { type: 'tool_use', id: 'functions_w_1', name: 'w', input: { c: 'Rome' } },
      ),
      user(
        { type: 'tool_result', tool_use_id: 'call_a', content: [text('3 degrees')] },
        {
          type: 'tool_result',
          tool_use_id: 'functions_w_1',
          content: [text('20 degrees'), { type: 'image', source: { type: 'url', url: 'https://a.example/m.png' } }],
          cache_control: ephemeral,
        },
        text('Hurry'),
      ),
      assistant(text('Done')),
      user(text('Thanks')),
    ]);
  });

  it.each<[string, unknown, boolean]>([
    ['', {}, false],
    ['{}', {}, false],
    ['{"a": [1]}', { a: [1] }, false],
    ['{"a": ', { invalid_arguments: '{"a": ' }, true],
    ['[1]', { invalid_arguments: '[1]' }, true],
  ])('reads the arguments %j', (json, input, warned) => {
    const { messages, warnings } = conversation([
      { role: 'user', content: 'Go' },
      { role: 'assistant', content: null, tool_calls: [toolCall('call_1', 'f', json)] },
      { role: 'tool', tool_call_id: 'call_1', content: '' },
    ]);
    expect(messages).toEqual([
      user(text('Go')),
      assistant({ type: 'tool_use', id: 'call_1', name: 'f', input }),
      user({ type: 'tool_result', tool_use_id: 'call_1' }),
    ]);
    expect(warnings).toHaveLength(warned ? 1 : 0);
  });

  it('sends arguments that are nested too deep as text', () => {
    const json = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
    const call = { role: 'assistant', content: null, tool_calls: [toolCall('call_1', 'f', json)] };
    const { messages, warnings } = conversation([{ role: 'user', content: 'Go' }, call]);
    expect(JSON.stringify(messages)).toContain('invalid_arguments');
    expect(warnings).toHaveLength(1);
  });

  it('returns signed thinking unchanged, in front, and leaves out what is not signed', () => {
    const blocks = [
      { type: 'thinking', signature: 'sig==', thinking: 'Hm', future: true },
      { type: 'redacted_thinking', data: 'abc' },
    ];
    const { messages, warnings } = conversation([
      { role: 'user', content: 'Go' },
      {
        role: 'assistant',
        content: 'So',
        reasoning_content: 'Hm',
        thinking_blocks: [...blocks, { type: 'thinking', thinking: 'x' }],
      },
      { role: 'user', content: 'On' },
    ]);
    expect(messages).toEqual([user(text('Go')), assistant(...blocks, text('So')), user(text('On'))]);
    expect(JSON.stringify(messages)).toContain(JSON.stringify(blocks[0]));
    expect(warnings).toEqual(['A thinking block without its signature was not sent: Anthropic refuses it.']);
  });

  it('pairs older function calls with their results', () => {
    const { messages } = conversation([
      { role: 'user', content: 'Go' },
      { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{"n":1}' } },
      { role: 'function', name: 'f', content: 'one' },
      { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{"n":2}' } },
      { role: 'function', name: 'f', content: 'two' },
    ]);
    const turns = Array.isArray(messages) ? messages : [];
    const ids = turns.slice(1).map((turn) => asRecord(asRecord(turn).content).id ?? asRecord(turn.content[0]));
    expect(ids).toEqual([
      { type: 'tool_use', id: 'call_legacy_0', name: 'f', input: { n: 1 } },
      { type: 'tool_result', tool_use_id: 'call_legacy_0', content: [text('one')] },
      { type: 'tool_use', id: 'call_legacy_1', name: 'f', input: { n: 2 } },
      { type: 'tool_result', tool_use_id: 'call_legacy_1', content: [text('two')] },
    ]);
    expect(
      problem([
        { role: 'user', content: 'Go' },
        { role: 'function', name: 'g', content: 'x' },
      ]),
    ).toMatchObject({
      param: 'messages.1',
    });
  });

  it('leaves out what Anthropic would refuse as empty, and trims a reply to be continued', () => {
    const { messages } = conversation([
      user(text(''), text('Count')),
      { role: 'assistant', content: '' },
      { role: 'user', content: 'to three' },
      { role: 'assistant', content: 'One, \n' },
    ]);
    expect(messages).toEqual([user(text('Count'), text('to three')), assistant(text('One,'))]);
  });

  it('warns once of what a message can not carry', () => {
    const image = { type: 'image_url', image_url: { url: 'https://a.example/b.png', detail: 'high' } };
    const { warnings } = conversation([
      { role: 'user', name: 'Ann', content: [image, image] },
      { role: 'user', name: 'Bo', content: 'x' },
    ]);
    expect(warnings).toEqual([
      'messages[].name is not supported by Anthropic and was not sent.',
      'image_url.detail is not supported by Anthropic and was not sent.',
    ]);
  });

  it('refuses images where only text can be', () => {
    const image = { type: 'image_url', image_url: { url: 'https://a.example/b.png' } };
    expect(problem([{ role: 'system', content: [image] }])).toMatchObject({ param: 'messages.0.content.0' });
  });
});
