import type { Block } from './blocks';
import { RequestProblem } from './problem';

const IMAGE_TYPES: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp']);
const TEXT_TYPE =
  /^(text\/|application\/(json|xml|yaml|x-yaml|javascript|x-ndjson|sql|toml)$|application\/.+\+(json|xml)$)/;
const PDF_BASE64_START = 'JVBERi0';

/**
 * An image by address, data URI or Anthropic file id. Some clients send PDFs this way too.
 * @throws RequestProblem for addresses and formats that Anthropic does not take
 */
export function imageFromUrl(url: string, path: string): Block {
  if (/^https?:\/\//i.test(url)) return { type: 'image', source: { type: 'url', url } };
  if (/^file[-_][\w-]+$/.test(url)) return { type: 'image', source: { type: 'file', file_id: url } };
  const data = readDataUri(url);
  if (data === null) {
    const message = `${path}.image_url.url: Expected an http(s) address or a data URI such as "data:image/png;base64,…".`;
    throw new RequestProblem(message, `${path}.image_url.url`);
  }
  return fromData(data, null, `${path}.image_url.url`);
}

/**
 * A document by data URI, bare base64 of a PDF, address, or Anthropic file id.
 * @throws RequestProblem for formats that Anthropic does not take
 */
export function documentFromFile(
  file: {
    file_data?: string | null | undefined;
    file_id?: string | null | undefined;
    filename?: string | null | undefined;
  },
  path: string,
): Block {
  const title = file.filename || null;
  if (file.file_id) return titled({ type: 'document', source: { type: 'file', file_id: file.file_id } }, title);
  const param = `${path}.file.file_data`;
  const given = file.file_data;
  if (!given) throw new RequestProblem(`${path}.file: Expected file_data or file_id.`, `${path}.file`);
  if (/^https?:\/\//i.test(given)) return titled({ type: 'document', source: { type: 'url', url: given } }, title);
  if (given.startsWith(PDF_BASE64_START))
    return fromData({ mediaType: 'application/pdf', base64: given }, title, param);
  const data = readDataUri(given);
  if (data === null) {
    throw new RequestProblem(`${param}: Expected a data URI such as "data:application/pdf;base64,…".`, param);
  }
  return fromData(data, title, param);
}

interface Data {
  readonly mediaType: string;
  readonly base64: string;
}

function fromData({ mediaType, base64 }: Data, title: string | null, param: string): Block {
  if (IMAGE_TYPES.has(mediaType)) {
    return { type: 'image', source: { type: 'base64', media_type: mediaType, data: base64 } };
  }
  if (mediaType === 'application/pdf') {
    return titled({ type: 'document', source: { type: 'base64', media_type: mediaType, data: base64 } }, title);
  }
  if (TEXT_TYPE.test(mediaType)) {
    const data = Buffer.from(base64, 'base64').toString('utf8');
    return titled({ type: 'document', source: { type: 'text', media_type: 'text/plain', data } }, title);
  }
  const kind = mediaType || 'data without a media type';
  throw new RequestProblem(
    `${param}: Anthropic takes JPEG, PNG, GIF, WebP, PDF and text, not ${kind.slice(0, 80)}.`,
    param,
  );
}

function titled(document: Block, title: string | null): Block {
  return title === null ? document : { ...document, title };
}

/** Only the header is searched: the data can be megabytes. */
function readDataUri(uri: string): Data | null {
  if (!/^data:/i.test(uri)) return null;
  const comma = uri.indexOf(',');
  if (comma < 0 || comma > 300) return null;
  const [type = '', ...options] = uri.slice(5, comma).toLowerCase().split(';');
  const mediaType = type.trim() === 'image/jpg' ? 'image/jpeg' : type.trim();
  const data = uri.slice(comma + 1);
  if (options.some((option) => option.trim() === 'base64')) return { mediaType, base64: data };
  return { mediaType, base64: Buffer.from(percentDecoded(data)).toString('base64') };
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
