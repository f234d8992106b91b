import { answerKey } from '@/app/api/answer-key';
import { queryOf } from '@/app/api/dashboard/answer';
import { listModels, sortModels } from '@/lib/models/queries';
import { modelQuerySchema } from '@/lib/models/schema';

/** The models an API key can call: as existing clients of Respan read them, and as OpenAI's SDKs do. */
export function GET(request: Request): Promise<Response> {
  return answerKey(request, async (ctx) => {
    const { sort_by } = modelQuerySchema.parse(queryOf(request));
    const listed = await listModels(ctx);
    const models = sort_by ? sortModels(listed, sort_by) : listed;
    const data = models.map(({ model_name, provider }) => ({
      id: model_name,
      object: 'model',
      // The catalogue keeps no dates; OpenAI's type wants a number.
      created: 0,
      owned_by: provider.provider_id,
    }));
    return { models, object: 'list', data };
  });
}
