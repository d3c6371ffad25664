import type * as vscode from 'vscode';
import { BadgeForms } from '../badgeForm/badgeFormPanel';
import * as messages from '../messages';
import { chooseBadge, removeBadge, type ChosenBadge } from './changeBadge';
import { importIntoConfig } from './importConfig';
import type { PublishServices } from './publishContext';
import type { PublishedTarget } from './published';
import type { PublishedModel } from './publishedModel';
import { PublishedPages } from './publishedPagePanel';
import { push, showPlan } from './pushPlan';

export type Publishing = ReturnType<typeof createPublishing>;

/** The commands about badges on GitLab. A bundle of its own, loaded with the first of them. */
export function createPublishing(services: PublishServices) {
  const forms = new BadgeForms(services);
  const pages = new PublishedPages(services);
  return {
    preview: (model: PublishedModel) => pages.show(model),
    plan: (model: PublishedModel) => showPlan(services, model),
    push: (model: PublishedModel) => push(services, model),
    import: (model: PublishedModel) => importIntoConfig(services, model),
    add: (model: PublishedModel, chosen: PublishedTarget | undefined) => forms.add(model, chosen?.target ?? null),
    edit: async (model: PublishedModel, chosen: ChosenBadge | undefined) => {
      const picked = await chooseBadge(model, chosen, messages.pickEditTitle());
      if (picked) forms.edit(model, picked.target, picked.badge);
    },
    remove: (model: PublishedModel, chosen: ChosenBadge | undefined) => removeBadge(services, model, chosen),
    restoreForm: (panel: vscode.WebviewPanel, state: unknown) => forms.restore(panel, state),
  };
}
