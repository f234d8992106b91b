import { hasBeta } from '../betas';
import { invalid } from '../errors';
import { cacheControlsOf } from '../prompt';
import type { PromptRequest } from './schema';

const MAX_BREAKPOINTS = 4;

/** Number, order and kind of cache breakpoints. @throws ApiError 400 */
export function checkCacheControl(request: PromptRequest, betas: ReadonlySet<string>): void {
  const { explicit, automatic } = cacheControlsOf(request);
  const found = explicit.length + (automatic && !automatic.coincides ? 1 : 0);
  if (found > MAX_BREAKPOINTS) {
    throw invalid(`A maximum of ${MAX_BREAKPOINTS} blocks with cache_control may be provided. Found ${found}.`);
  }
  if (automatic?.conflicts) {
    throw invalid('cache_control.ttl: the last cacheable block has a `cache_control` with a different ttl');
  }
  let shortSeen = false;
  for (const { path, ttl, scope } of explicit) {
    if (scope !== undefined && !hasBeta(betas, 'prompt-caching-scope')) {
      throw invalid(`${path}.cache_control.ephemeral.scope: Extra inputs are not permitted`);
    }
    if (ttl === '1h' && shortSeen) {
      throw invalid(
        `${path}.cache_control.ttl: a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block. ` +
          'Note that blocks are processed in the following order: tools, system, messages.',
      );
    }
    shortSeen ||= ttl === '5m';
  }
}
