import type { BadgesModel } from './badgesModel';
import { addBadge, editBadge, removeBadge, type ChosenBadge } from './changeBadge';
import { importIntoConfig } from './importConfig';
import type { PublishServices } from './publishContext';
import type { PublishedTarget } from './published';
import type { PublishedModel } from './publishedModel';
import { push, showPlan } from './pushPlan';

export type Publishing = ReturnType<typeof createPublishing>;

/** The commands about badges on GitLab. A bundle of its own, loaded with the first of them. */
export function createPublishing(services: PublishServices) {
  return {
    plan: (model: PublishedModel) => showPlan(services, model),
    push: (model: PublishedModel) => push(services, model),
    import: (model: PublishedModel) => importIntoConfig(services, model),
    add: (model: PublishedModel, badges: BadgesModel | undefined, target: PublishedTarget | undefined) => addBadge(services, model, badges, target),
    edit: (model: PublishedModel, chosen: ChosenBadge | undefined) => editBadge(services, model, chosen),
    remove: (model: PublishedModel, chosen: ChosenBadge | undefined) => removeBadge(services, model, chosen),
  };
}
