import { z } from 'zod';

const WEIGHT_RULE = 'A weight is a whole number from 1 to 1000.';
const MODELS_MAX = 50;

const weightedModelSchema = z.object({
  model: z.string().trim().min(1, 'Enter a model.').max(200, 'A model name has at most 200 characters.'),
  weight: z.number(WEIGHT_RULE).int(WEIGHT_RULE).min(1, WEIGHT_RULE).max(1000, WEIGHT_RULE),
});

/** The models of a group, as they are stored and as they are entered. */
export const weightedModelsSchema = z.array(weightedModelSchema);

export const groupSchema = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'Give the group a name.')
    .max(60, 'A name has at most 60 characters.')
    .regex(/[a-z0-9]/i, 'A name has at least one letter or digit, from which its id is made.'),
  models: weightedModelsSchema
    .min(1, 'A group has at least one model.')
    .max(MODELS_MAX, `A group has at most ${MODELS_MAX} models.`)
    .check((ctx) => {
      ctx.value.forEach(({ model }, index) => {
        if (ctx.value.findIndex((other) => other.model === model) === index) return;
        const message = 'This model is in the group already. Change its weight there.';
        ctx.issues.push({ code: 'custom', message, input: model, path: [index, 'model'] });
      });
    }),
});
export type GroupValues = z.infer<typeof groupSchema>;

export const editGroupSchema = groupSchema.extend({ id: z.uuid() });
export type EditGroupValues = z.infer<typeof editGroupSchema>;

export interface LoadBalanceGroupView extends GroupValues {
  readonly id: string;
  /** What callers send as group_id. Made from the first name, and never changes. */
  readonly groupId: string;
  readonly createdAt: Date;
}
