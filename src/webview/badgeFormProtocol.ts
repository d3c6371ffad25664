import { readyKinds, readyOptionNames, type ReadyKind, type ReadyOptionName, type ReadyOptions, type ReadyPlace } from '../core/readyBadges';
import type { TargetScope } from '../core/plan';

/** What the form for a badge and the extension say to each other. Both sides decode what arrives. */

export const textFields = ['name', 'link_url', 'image_url'] as const;
export type TextField = (typeof textFields)[number];
export type UrlField = Exclude<TextField, 'name'>;

/** What the user has entered. */
export interface FormFields {
  /** Key of one of the form's targets; empty while there are none. */
  readonly target: string;
  readonly kind: ReadyKind;
  readonly options: ReadyOptions;
  readonly name: string;
  readonly link_url: string;
  readonly image_url: string;
}

/** What is to be said of a field. An error keeps the badge from being saved. */
export interface Verdict {
  readonly severity: 'error' | 'warning' | 'info';
  readonly text: string;
  /** Of a field that was left empty: nobody needs to hear it before they try to save. */
  readonly isMissing?: boolean;
}

/** Where a badge is saved: on GitLab, or in the configuration. */
export type Destination = 'gitlab' | 'file';

export interface FormTarget {
  readonly key: string;
  /** `acme/shop` */
  readonly label: string;
  /** `project, shown there`, or why it cannot be changed. */
  readonly detail: string;
  /** Where GitLab Pages shows the project, or one of the group. */
  readonly pages: string;
}

export interface Suggestion {
  readonly value: string;
  readonly detail: string;
}

export interface FormPlaceholder {
  /** `%{project_path}` */
  readonly text: string;
  /** Null where it stays as text; `note` says why. */
  readonly value: string | null;
  readonly note: string;
}

export interface FormPicture {
  /** A `data:image/…` URI; null where there is none. */
  readonly image: string | null;
  /** What it is, or why there is none. */
  readonly text: string;
  readonly busy: boolean;
}

export interface FormAction {
  readonly destination: Destination;
  readonly label: string;
  /** Why it cannot be done now; empty where it can. */
  readonly obstacle: string;
}

/** Something about the whole form, and what can be done about it. */
export interface FormNotice {
  readonly severity: 'error' | 'warning' | 'info';
  readonly text: string;
  readonly remedy: Remedy | null;
}

const remedies = ['signIn', 'chooseProject', 'retry', 'openConfig', 'trust'] as const;
export type Remedy = (typeof remedies)[number];

/** All that the page shows besides what is typed. A view of an older turn is dropped. */
export interface FormView {
  /** Of the last change it knows of. */
  readonly turn: number;
  readonly title: string;
  /** What the form starts with, once that is known. */
  readonly start: FormFields | null;
  /** Null while the project is not known. */
  readonly place: Pick<ReadyPlace, 'instance' | 'path'> | null;
  readonly targets: readonly FormTarget[];
  /** The kinds to choose from. */
  readonly kinds: readonly ReadyKind[];
  /** By kind and option. */
  readonly suggestions: Readonly<Partial<Record<ReadyKind, Readonly<Partial<Record<ReadyOptionName, readonly Suggestion[]>>>>>>;
  /** What options of a kind are where the user has not said. */
  readonly defaults: Readonly<Partial<Record<ReadyKind, ReadyOptions>>>;
  readonly notices: readonly FormNotice[];
  readonly verdicts: Readonly<Partial<Record<TextField | ReadyOptionName, readonly Verdict[]>>>;
  /** The URLs with their placeholders replaced; null where nothing is to be replaced, or it is not known. */
  readonly shown: Readonly<Record<UrlField, string | null>>;
  readonly placeholders: readonly FormPlaceholder[];
  /** Whose values the placeholders have. */
  readonly example: string;
  /** What GitLab's own check said. */
  readonly check: string;
  readonly picture: FormPicture;
  /** Whether the badge is in the configuration and what follows from that; the file, where it can be opened, else empty. */
  readonly configuration: { readonly text: string; readonly file: string };
  readonly actions: readonly FormAction[];
  /** What is being done; empty where nothing is. */
  readonly saving: string;
  /** Why it could not be saved. */
  readonly failure: string;
  /** Counts the attempts to save that came to nothing. */
  readonly attempts: number;
}

export type FromForm =
  /** The page is there; with what it kept, if it was there before. */
  | { readonly type: 'ready'; readonly turn: number; readonly fields: FormFields | null }
  | { readonly type: 'change'; readonly turn: number; readonly fields: FormFields }
  | { readonly type: 'save'; readonly turn: number; readonly fields: FormFields; readonly destination: Destination }
  /** Stops saving. */
  | { readonly type: 'stop' }
  | { readonly type: 'close' }
  | { readonly type: 'remedy'; readonly remedy: Remedy };

export interface ToForm {
  readonly type: 'view';
  readonly view: FormView;
}

/** What a form is about. */
export interface FormSubject {
  /** URI of the workspace folder. */
  readonly folder: string;
  /** The badge to edit; null where one is added. */
  readonly badge: { readonly scope: TargetScope; readonly path: string; readonly id: number } | null;
}

/** What the page keeps over hiding and reloading. */
export interface FormState {
  readonly subject: FormSubject;
  /** Null before the form has started. */
  readonly fields: FormFields | null;
  /** What the user chose, without defaults. */
  readonly chosen: ReadyOptions;
  /** Fields that were changed by hand, and so no longer follow the options. */
  readonly own: readonly TextField[];
  /** Whether anything would be lost. */
  readonly touched: boolean;
}

export function decodeToForm(message: unknown): ToForm | null {
  // The page has no other messenger than the extension; only what could break its rendering is looked at.
  return isRecord(message) && message['type'] === 'view' && isRecord(message['view']) && typeof message['view']['turn'] === 'number' ? (message as unknown as ToForm) : null;
}

export function decodeFromForm(message: unknown): FromForm | null {
  if (!isRecord(message)) return null;
  const { type, turn, destination, remedy } = message;
  const fields = decodeFields(message['fields']);
  switch (type) {
    case 'ready':
      return typeof turn === 'number' ? { type, turn, fields } : null;
    case 'change':
      return typeof turn === 'number' && fields ? { type, turn, fields } : null;
    case 'save':
      return typeof turn === 'number' && fields && (destination === 'gitlab' || destination === 'file') ? { type, turn, fields, destination } : null;
    case 'stop':
    case 'close':
      return { type };
    case 'remedy':
      return remedies.includes(remedy as Remedy) ? { type, remedy: remedy as Remedy } : null;
    default:
      return null;
  }
}

export function decodeFormState(state: unknown): FormState | null {
  if (!isRecord(state)) return null;
  const subject = decodeSubject(state['subject']);
  const own = state['own'];
  return subject && { subject, fields: decodeFields(state['fields']), chosen: decodeOptions(state['chosen']), own: textFields.filter((field) => Array.isArray(own) && own.includes(field)), touched: state['touched'] === true };
}

function decodeSubject(value: unknown): FormSubject | null {
  if (!isRecord(value) || typeof value['folder'] !== 'string') return null;
  const { folder, badge } = value;
  if (badge === null) return { folder, badge };
  if (!isRecord(badge)) return null;
  const { scope, path, id } = badge;
  return (scope === 'project' || scope === 'group') && typeof path === 'string' && typeof id === 'number' ? { folder, badge: { scope, path, id } } : null;
}

function decodeFields(value: unknown): FormFields | null {
  if (!isRecord(value)) return null;
  const { target, kind, name, link_url, image_url } = value;
  if (!readyKinds.includes(kind as ReadyKind) || typeof target !== 'string' || typeof name !== 'string' || typeof link_url !== 'string' || typeof image_url !== 'string') return null;
  return { target, kind: kind as ReadyKind, options: decodeOptions(value['options']), name, link_url, image_url };
}

function decodeOptions(value: unknown): ReadyOptions {
  if (!isRecord(value)) return {};
  return Object.fromEntries(readyOptionNames.flatMap((name) => (typeof value[name] === 'string' ? [[name, value[name]]] : [])));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
