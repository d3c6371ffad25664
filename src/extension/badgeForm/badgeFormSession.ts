import { parseUrl } from '../../config/parseUrl';
import type { BadgeFace } from '../../core/badge';
import { differences, type BadgeRecord, type Target } from '../../core/plan';
import { readyKinds, recogniseReady } from '../../core/readyBadges';
import { isGitLabError } from '../../gitlab/gitlabError';
import type { Destination, FormAction, FormFields, FormSubject, FormTarget, FormView, FromForm, Remedy } from '../../webview/badgeFormProtocol';
import { debounce, type Debounced } from '../debounce';
import { explain } from '../errors';
import { Latest } from '../latest';
import * as messages from '../messages';
import { FormCheck, type FormUrls } from './formCheck';
import { FormKnowledge, keyOf, targetOf, type KnowledgePorts } from './formKnowledge';
import { FormPictures } from './formPicture';
import { hasErrors, judgeForm, placeholderRows, resolved } from './judgeForm';
import { pagesAddress } from './pagesAddress';

export interface FormPorts extends KnowledgePorts {
  /** A generated badge as a data URI; null where there is none of that name. */
  drawGenerated(path: string, stem: string): Promise<string | null>;
  /** A badge as a data URI. Rejects with DrawingError. */
  draw(face: BadgeFace): Promise<string>;
  /** Answers the file. Rejects with what stands in the way. */
  addToConfig(target: Target, record: BadgeRecord): Promise<string>;
  remedy(remedy: Remedy): void;
  show(view: FormView): void;
  /** The badge was saved: the form is over. */
  saved(text: string): void;
  close(): void;
  /** GitLab may show something else now. */
  changed(): void;
  log(line: string): void;
  /** How long typing pauses before GitLab is asked, in milliseconds. */
  readonly settleMs: number;
}

/**
 * One form for a badge: follows what the user types and what becomes known, and says in one view all that is to be shown. Asks
 * GitLab when typing pauses, and nothing more once it is disposed.
 */
export class BadgeFormSession {
  readonly #over = new AbortController();
  readonly #saving = new Latest();
  readonly #knowledge: FormKnowledge;
  readonly #pictures: FormPictures;
  readonly #check: FormCheck;
  readonly #settled: Debounced;
  /** Null before the page has said what is entered. */
  #fields: FormFields | null = null;
  #turn = 0;
  #isShown = false;
  #underway = '';
  #failure = '';
  #attempts = 0;

  /** @param preselected where a new badge is to be shown, if the user has said so */
  constructor(
    private readonly subject: FormSubject,
    preselected: Target | null,
    private readonly ports: FormPorts,
  ) {
    const show = () => this.#show();
    this.#knowledge = new FormKnowledge(subject, preselected, ports, () => {
      this.#show();
      this.#settled();
    });
    this.#pictures = new FormPictures(
      {
        find: async (url, signal) => (await ports.engine()).publish.picture(url, this.#knowledge.place?.instance ?? url, this.#pictureAccess(), signal),
        drawGenerated: (stem) => ports.drawGenerated(this.#knowledge.place?.path ?? '', stem),
        draw: (face) => ports.draw(face),
      },
      show,
    );
    this.#check = new FormCheck(async (target, urls, signal) => {
      const { project } = this.#knowledge;
      if (!project) throw new Error('URLs are checked for a project.');
      return (await ports.engine()).publish.render(project, target, urls, signal);
    }, show);
    this.#settled = debounce(() => this.#ask(), ports.settleMs);
  }

  dispose(): void {
    this.#over.abort();
    this.#settled.dispose();
  }

  /** What is known of the badges on GitLab changed. */
  follow(): void {
    this.#inBackground(this.#knowledge.follow(this.#over.signal));
    this.#show();
  }

  receive(message: FromForm): void {
    switch (message.type) {
      case 'ready':
        this.#isShown = true;
        return this.#enter(message.turn, message.fields);
      case 'change':
        this.#failure = '';
        return this.#enter(message.turn, message.fields);
      case 'save':
        this.#enter(message.turn, message.fields);
        return this.#inBackground(this.#save(message.destination));
      case 'stop':
        if (!this.#saving.running) return;
        this.#saving.cancel();
        this.#fail(messages.saveStopped());
        return this.ports.changed();
      case 'close':
        return this.ports.close();
      case 'remedy':
        return this.ports.remedy(message.remedy);
    }
  }

  #enter(turn: number, fields: FormFields | null): void {
    this.#turn = turn;
    this.#fields = fields;
    this.#show();
    this.#settled();
  }

  /** Asks for what the fields need, when typing pauses. */
  #ask(): void {
    const fields = this.#fields;
    const target = this.#target;
    if (!fields || !target || this.#over.signal.aborted) return;
    const { signal } = this.#over;
    this.#inBackground(this.#knowledge.askPlaceholders(target, signal));
    if (this.#knowledge.isAsking(target)) return;
    this.#inBackground(this.#pictures.ask(this.#pictureUrl(fields), fields, signal));
    const mayCheck = this.#knowledge.project && this.#knowledge.mayWrite(target) && !hasErrors(this.#verdicts(fields), ['name']);
    this.#inBackground(this.#check.ask(target, mayCheck ? urlsOf(fields) : null, signal));
  }

  /** What the user chose counts also while it is not known yet whether it can be had. */
  get #targets(): readonly Target[] {
    const { targets } = this.#knowledge;
    const chosen = this.#fields && targetOf(this.#fields.target);
    return !chosen || targets.some((target) => keyOf(target) === keyOf(chosen)) ? targets : [...targets, chosen];
  }

  get #target(): Target | null {
    return this.#targets.find((target) => keyOf(target) === this.#fields?.target) ?? this.#targets[0] ?? null;
  }

  async #save(destination: Destination): Promise<void> {
    const fields = this.#fields;
    const target = this.#target;
    const action = this.#actions.find((each) => each.destination === destination);
    if (!fields || !target || !action || this.#saving.running) return;
    if (hasErrors(this.#verdicts(fields))) return this.#fail(messages.correctFields());
    if (action.obstacle !== '') return this.#fail(action.obstacle);
    const record = recordOf(fields);
    const name = record.name ?? messages.noBadgeName();
    this.#failure = '';
    this.#underway = this.subject.badge ? messages.editing(name) : messages.addingBadge(name);
    this.#show();
    try {
      const done = await this.#saving.run((signal) => this.#write(destination, target, record, signal), this.#over.signal);
      if (done) this.ports.saved(done.value);
    } catch (error) {
      const { text, log } = explain(error);
      this.ports.log(log);
      const isRefused = isGitLabError(error) && this.#check.refuse(urlsOf(fields), error.details.fields);
      const isGone = isGitLabError(error) && error.reason === 'not-found' && this.subject.badge !== null;
      this.#fail(isRefused ? messages.correctFields() : isGone ? messages.editGone(name) : text);
      this.ports.changed();
    }
  }

  /** Answers in words what was done. */
  async #write(destination: Destination, target: Target, record: BadgeRecord, signal: AbortSignal): Promise<string> {
    const name = record.name ?? messages.noBadgeName();
    if (destination === 'file') return messages.addedToFile(name, await this.ports.addToConfig(target, record));
    const { publish } = await this.ports.engine();
    const { project, base } = this.#knowledge;
    if (!project) throw new Error('A badge is saved for a project.');
    if (base) return (await publish.edit(project, target, base, record, signal)) ? messages.edited(name) : messages.notEdited(name);
    await publish.add(project, target, record, signal);
    return messages.added(name, messages.targetName(target.scope, target.path));
  }

  #fail(text: string): void {
    this.#underway = '';
    this.#failure = text;
    this.#attempts += 1;
    this.#show();
  }

  #inBackground(work: Promise<void>): void {
    work.catch((error: unknown) => {
      const { text, log } = explain(error);
      this.ports.log(log);
      if (!this.#over.signal.aborted) this.#fail(text);
    });
  }

  #show(): void {
    if (this.#isShown && !this.#over.signal.aborted) this.ports.show(this.#view);
  }

  get #view(): FormView {
    const fields = this.#fields;
    const target = this.#target;
    const knowledge = this.#knowledge;
    const targets = this.#targets.map((each) => this.#formTarget(each));
    return {
      turn: this.#turn,
      title: this.#title,
      start: this.#start(targets),
      place: knowledge.place,
      targets,
      kinds: readyKinds,
      suggestions: knowledge.suggestions,
      defaults: knowledge.defaults,
      notices: knowledge.notices,
      verdicts: fields ? this.#verdicts(fields) : {},
      shown: fields ? this.#shown(fields) : { link_url: null, image_url: null },
      placeholders: fields ? placeholderRows(fields, target && knowledge.isAsking(target) ? 'asking' : knowledge.placeholders(target)) : [],
      example: this.#example,
      check: fields && target ? this.#check.textFor(target, urlsOf(fields)) : '',
      picture: fields ? this.#pictures.shownFor(this.#pictureUrl(fields), fields) : { image: null, text: '', busy: true },
      configuration: this.#configuration,
      actions: this.#actions,
      saving: this.#underway,
      failure: this.#failure,
      attempts: this.#attempts,
    };
  }

  #verdicts(fields: FormFields): FormView['verdicts'] {
    const target = this.#target;
    const { base } = this.#knowledge;
    const others = (this.#knowledge.publishedTarget(target)?.badges ?? []).filter(({ id }) => id !== base?.id);
    return judgeForm(fields, { names: others.flatMap(({ name }) => name ?? []), placeholders: this.#knowledge.placeholders(target), refusals: this.#check.refusals });
  }

  /** Where something is left that only GitLab can replace, as GitLab showed it. */
  #shown(fields: FormFields): FormView['shown'] {
    const target = this.#target;
    const placeholders = this.#knowledge.placeholders(target);
    const shown = (url: string) => {
      const own = resolved(url, placeholders);
      return target && (own === null || own.includes('%{')) ? (this.#check.rendered(target, url.trim()) ?? own) : own;
    };
    const urls = { link_url: shown(fields.link_url), image_url: shown(fields.image_url) };
    return { link_url: urls.link_url === fields.link_url.trim() ? null : urls.link_url, image_url: urls.image_url === fields.image_url.trim() ? null : urls.image_url };
  }

  /** Null where there is no picture to load. */
  #pictureUrl(fields: FormFields): string | null {
    const url = this.#shown(fields).image_url ?? fields.image_url.trim();
    return hasErrors(this.#verdicts(fields), ['name', 'link_url']) || url.includes('%{') || !parseUrl(url) ? null : url;
  }

  get #title(): string {
    const { badge } = this.subject;
    if (badge) return messages.editHeading(this.#knowledge.base?.name ?? messages.noBadgeName(), messages.targetName(badge.scope, badge.path));
    return messages.addHeading(this.#target?.path ?? messages.nothingKnown());
  }

  get #example(): string {
    const target = this.#target;
    const project = this.#knowledge.placeholders(target)?.project;
    if (project === undefined || !target) return '';
    if (project === null) return messages.groupWithoutProject();
    return target.scope === 'group' ? messages.valuesOfGroup(project) : messages.valuesOfProject(project);
  }

  get #configuration(): FormView['configuration'] {
    const { published, entry } = this.#knowledge;
    const target = this.#target;
    if (!published || !target) return { text: '', file: '' };
    const { configFile: file, prune } = published;
    const changes = this.#knowledge.publishedTarget(target)?.changes;
    const place = messages.targetName(target.scope, target.path);
    if (file === null || !changes) return { text: messages.notKeptInFile(place), file: '' };
    if (this.subject.badge) return { text: entry?.isListed ? messages.listedInFile(file) : messages.notListedInFile(file, prune), file };
    const name = this.#fields?.name.trim();
    const isPending = changes.some((change) => change.action === 'create' && change.name !== null && change.name === name);
    return { text: isPending ? messages.nameInFile(file) : messages.addedBesideFile(file, place, prune), file };
  }

  /** What can be done with the badge; what is usual comes first. */
  get #actions(): readonly FormAction[] {
    const target = this.#target;
    const obstacle = this.#obstacle(target);
    const { base, entry, published, configFile } = this.#knowledge;
    if (this.subject.badge) {
      const isSame = base !== null && this.#fields !== null && differences(base, recordOf(this.#fields)).length === 0;
      const isGone = published !== null && entry === null;
      return [{ destination: 'gitlab', label: messages.saveOnGitLab(), obstacle: isGone ? messages.badgeIsGone() : isSame ? messages.nothingChanged() : obstacle }];
    }
    const now: FormAction = { destination: 'gitlab', label: messages.addOnGitLab(), obstacle };
    const later: FormAction = { destination: 'file', label: messages.addToFile(configFile), obstacle: target ? '' : messages.waitForTarget() };
    // Where the badges are kept in a file already, or GitLab cannot be written to, the file is the place to add one.
    return obstacle !== '' || this.#knowledge.publishedTarget(target)?.changes ? [later, now] : [now, later];
  }

  /** Why GitLab cannot be asked to keep the badge; empty where it can. */
  #obstacle(target: Target | null): string {
    const { project, trouble } = this.#knowledge;
    if (target && project && this.#knowledge.mayWrite(target)) return '';
    const access = this.#knowledge.publishedTarget(target)?.access;
    if (target && access && !access.may) return messages.mayNotChange(messages.targetName(target.scope, target.path), access.why);
    return trouble?.text ?? messages.waitForTarget();
  }

  #formTarget(target: Target): FormTarget {
    const access = this.#knowledge.publishedTarget(target)?.access;
    const shows = target.scope === 'project' ? messages.ofProject() : messages.ofGroup();
    const projectPath = target.scope === 'project' ? target.path : `${target.path}/%{project_name}`;
    const domain = this.#knowledge.placeholders(target)?.values.gitlab_pages_domain ?? null;
    const instance = this.#knowledge.place?.instance;
    return {
      key: keyOf(target),
      label: messages.targetName(target.scope, target.path),
      detail: access && !access.may && !this.#knowledge.mayWrite(target) ? `${shows}; ${access.why}` : shows,
      pages: instance === undefined ? '' : pagesAddress(instance, projectPath, domain),
    };
  }

  #start([first]: readonly FormTarget[]): FormFields | null {
    const { base, place } = this.#knowledge;
    if (!first || !place) return null;
    if (!this.subject.badge) return { target: first.key, kind: 'pipeline', options: {}, name: '', link_url: '', image_url: '' };
    if (!base) return null;
    const { kind, options } = recogniseReady(base.image_url, { ...place, pages: first.pages }) ?? { kind: 'own', options: {} };
    return { target: first.key, kind, options, name: base.name ?? '', link_url: base.link_url, image_url: base.image_url };
  }

  /** The project by whose values the URLs are made, where its id is known. */
  #pictureAccess() {
    const { project } = this.#knowledge;
    const { project_id: id, project_path: path, default_branch: defaultBranch } = this.#knowledge.placeholders(this.#target)?.values ?? {};
    return project && id && path ? { project, example: { id: Number(id), path, defaultBranch: defaultBranch ?? null } } : null;
  }
}

function recordOf({ name, link_url, image_url }: FormFields): BadgeRecord {
  return { name: name.trim() || null, link_url: link_url.trim(), image_url: image_url.trim() };
}

function urlsOf({ link_url, image_url }: FormFields): FormUrls {
  return { link_url: link_url.trim(), image_url: image_url.trim() };
}
