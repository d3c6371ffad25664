import type { BadgeRecord, Target } from '../core/plan';
import { maxBadgeName } from '../config/publish';
import { isGitLabError } from '../gitlab/gitlabError';
import type { Engine } from './engine';
import * as messages from './messages';
import type { ProjectAccess } from './projectAccess';
import { shownUrl } from './published';
import type { Placeholders } from './publishEngine';
import { defaultBranch, gitlabStyles, pagesAddress, readyBadge, readyKinds, readyOptions, type ReadyKind, type ReadyOptions } from './readyBadges';
import { askChoice, askText, type Answer, type Choice, type Verdict } from './steps';
import { urlVerdict } from './urlVerdict';

/** What is asked for one badge, in the order in which it is asked. */
export interface BadgeForm {
  readonly target: Target;
  readonly kind: ReadyKind;
  readonly options: ReadyOptions;
  readonly record: BadgeRecord;
}

/** What the form knows besides. */
export interface FormContext {
  readonly engine: Engine;
  readonly project: ProjectAccess;
  readonly title: string;
  /** Whether GitLab may be asked to render a badge of this target. */
  readonly mayRender: (target: Target) => boolean;
  /** Folder of the generated badges, and what is known of them. */
  readonly path: string;
  readonly generated: readonly { readonly stem: string; readonly shows: string }[];
  /** Names that badges of the target have already. */
  readonly names: (target: Target) => readonly string[];
  /** Ends with the form. */
  readonly signal: AbortSignal;
}

/** The steps of a form. Each starts from what was answered before and can be gone back to. */
export function badgeSteps(context: FormContext) {
  const { title, engine, project } = context;
  const known = new Map<string, KnownPlaceholders>();

  /** Asked once for each target, while the user is still choosing. */
  function placeholdersOf(target: Target): KnownPlaceholders {
    const key = `${target.scope}:${target.path}`;
    const before = known.get(key);
    if (before) return before;
    const asked = engine.publish.placeholders(project, target, context.mayRender(target), context.signal);
    const entry: KnownPlaceholders = {
      value: null,
      promise: asked.then(
        (value) => void (entry.value = value),
        // Without them a URL is shown as it is written.
        () => {},
      ),
    };
    known.set(key, entry);
    return entry;
  }

  async function target(form: BadgeForm, canGoBack: boolean, targets: readonly Target[]): Promise<Answer<BadgeForm>> {
    if (targets.length < 2) return 'skip';
    const choices = targets.map((value): Choice<Target> => ({ label: value.path, description: value.scope === 'project' ? messages.ofProject() : messages.ofGroup(), icon: value.scope === 'project' ? 'repo' : 'organization', value }));
    return mapped(await askChoice({ title, canGoBack }, messages.pickTarget(), choices, (value) => value.path === form.target.path), (value) => ({ ...form, target: value }));
  }

  async function kind(form: BadgeForm, canGoBack: boolean): Promise<Answer<BadgeForm>> {
    void placeholdersOf(form.target);
    const choices = readyKinds.map((value): Choice<ReadyKind> => ({ label: messages.readyLabels[value][0], description: messages.readyLabels[value][1], icon: kindIcons[value], value }));
    return mapped(await askChoice({ title, canGoBack }, messages.pickReady(), choices, (value) => value === form.kind), (value) => ({ ...form, kind: value }));
  }

  async function stem(form: BadgeForm, canGoBack: boolean): Promise<Answer<BadgeForm>> {
    if (!readyOptions[form.kind].includes('stem')) return 'skip';
    const choices: readonly Choice<string>[] = [...context.generated.map(({ stem: value, shows }) => ({ label: value, description: shows, value })), { label: messages.anotherStem(), value: '' }];
    const picked = await askChoice({ title, canGoBack }, messages.pickStem(), choices, (value) => value !== '' && value === form.options.stem);
    if (typeof picked === 'string' || picked.value !== '') return mapped(picked, (value) => ({ ...form, options: { ...form.options, stem: value } }));
    const typed = await askText(
      { title, canGoBack: true },
      { prompt: messages.optionPrompts.stem, value: form.options.stem, judge: (value) => (/^[^/\\]+$/.test(value.trim()) ? null : { severity: 'error', text: messages.optionPrompts.stem }) },
    );
    return typed === 'back' ? stem(form, canGoBack) : mapped(typed, (value) => ({ ...form, options: { ...form.options, stem: value.trim() } }));
  }

  /** All options of a ready-made badge in one list, which most users leave at once. */
  async function options(form: BadgeForm, canGoBack: boolean): Promise<Answer<BadgeForm>> {
    const names = readyOptions[form.kind].filter((name) => name !== 'stem');
    if (form.kind === 'custom') return 'skip';
    const { instance } = project.ref;
    const placeholders = placeholdersOf(form.target);
    if (form.kind === 'pages') await placeholders.promise;
    const projectPath = form.target.scope === 'project' ? form.target.path : `${form.target.path}/%{project_name}`;
    const pages = pagesAddress(instance, projectPath, placeholders.value?.values.gitlab_pages_domain ?? null);
    const finished = (chosen: ReadyOptions): BadgeForm => ({ ...form, options: chosen, record: readyBadge(form.kind, chosen, { instance, path: context.path, pages }) });
    let current = form.options;
    if (names.length === 0) return { value: finished(current), unasked: true };
    for (;;) {
      const choices: readonly Choice<keyof ReadyOptions | null>[] = [
        { label: messages.continueAction(), icon: 'arrow-right', value: null },
        ...names.map((name) => ({ label: messages.optionLabels[name], description: describe(name, current[name]), value: name })),
      ];
      const picked = await askChoice({ title, canGoBack }, messages.pickOptions(messages.readyLabels[form.kind][0]), choices);
      if (typeof picked === 'string') return picked;
      if (picked.value === null) return { value: finished(current) };
      const changed = await option(picked.value, current);
      if (changed === 'cancel') return 'cancel';
      if (typeof changed !== 'string') current = changed.value;
    }
  }

  async function option(name: keyof ReadyOptions, current: ReadyOptions): Promise<Answer<ReadyOptions>> {
    const back = { title, canGoBack: true };
    if (name === 'style') {
      return mapped(
        await askChoice(
          back,
          messages.pickStyle(),
          gitlabStyles.map((value) => ({ label: value, value })),
          (value) => value === current.style,
        ),
        (style) => ({ ...current, style }),
      );
    }
    const isDefaultBranch = name === 'branch' && current.branch === defaultBranch;
    const typed = await askText(back, { prompt: messages.optionPrompts[name], value: isDefaultBranch ? '' : current[name], placeholder: messages.optionDefaults[name] });
    return mapped(typed, (value) => ({ ...current, [name]: value.trim() === '' && name === 'branch' ? defaultBranch : value.trim() }));
  }

  async function name(form: BadgeForm, canGoBack: boolean): Promise<Answer<BadgeForm>> {
    const taken = context.names(form.target);
    const judge = (value: string): Verdict | null => {
      const { length } = [...value.trim()];
      if (length > maxBadgeName) return { severity: 'error', text: messages.nameTooLong(length, maxBadgeName) };
      return taken.includes(value.trim()) ? { severity: 'warning', text: messages.nameTaken() } : null;
    };
    return mapped(await askText({ title: messages.fieldTitle(title, 'name'), canGoBack }, { prompt: messages.namePrompt(), value: form.record.name ?? '', judge }), (value) => ({ ...form, record: { ...form.record, name: value.trim() || null } }));
  }

  async function url(form: BadgeForm, canGoBack: boolean, field: 'link_url' | 'image_url'): Promise<Answer<BadgeForm>> {
    const placeholders = placeholdersOf(form.target);
    const other = field === 'link_url' ? { image_url: neutralUrl } : { link_url: neutralUrl };
    const consider = async (value: string, signal: AbortSignal): Promise<Verdict | null> => {
      try {
        const rendered = await engine.publish.render(project, form.target, { link_url: value, image_url: value, ...other }, signal);
        const shown = shownUrl(value.trim(), field === 'link_url' ? rendered.rendered_link_url : rendered.rendered_image_url);
        const local = urlVerdict(value, placeholders.value);
        return shown === value.trim() || local?.severity === 'warning' ? local : { severity: 'info', text: messages.willShowChecked(shown) };
      } catch (error) {
        const reasons = isGitLabError(error) ? error.details.fields?.[field] : undefined;
        return reasons ? { severity: 'error', text: messages.refusedByGitLab(reasons) } : null;
      }
    };
    const answer = await askText(
      { title: messages.fieldTitle(title, field), canGoBack },
      {
        prompt: field === 'link_url' ? messages.linkPrompt() : messages.imagePrompt(),
        value: form.record[field],
        placeholder: 'https://',
        judge: (value) => urlVerdict(value, placeholders.value),
        knowsMore: placeholders.promise,
        ...(context.mayRender(form.target) && { consider }),
      },
    );
    return mapped(answer, (value) => ({ ...form, record: { ...form.record, [field]: value.trim() } }));
  }

  return { target, kind, stem, options, name, url };
}

interface KnownPlaceholders {
  readonly promise: Promise<void>;
  /** Null until they are known, and where they cannot be. */
  value: Placeholders | null;
}

/** Where GitLab wants a URL that is not asked about. */
const neutralUrl = 'https://example.com/';

const kindIcons: Record<ReadyKind, string> = { pipeline: 'rocket', coverage: 'beaker', release: 'tag', artifact: 'package', raw: 'file-media', pages: 'browser', custom: 'edit' };

function describe(name: keyof ReadyOptions, value: string): string {
  return value === '' || value === defaultBranch ? messages.optionDefaults[name] : value;
}

function mapped<T, U>(answer: Answer<T>, map: (value: T) => U): Answer<U> {
  return typeof answer === 'string' ? answer : { value: map(answer.value) };
}
