import type { Target } from '../../core/plan';
import type { RenderedBadge } from '../../gitlab/badges';
import { isGitLabError } from '../../gitlab/gitlabError';
import type { UrlField } from '../../webview/badgeFormProtocol';
import { Latest } from '../latest';
import * as messages from '../messages';
import { shownUrl } from '../published/published';
import { keyOf } from './formKnowledge';

export type FormUrls = Readonly<Record<UrlField, string>>;

/** What GitLab refused, by field, with the URL it was said of. */
export type Refusals = Readonly<Partial<Record<UrlField, { readonly url: string; readonly reasons: readonly string[] }>>>;

/** What GitLab said of the URLs of a form: when it was asked to render them, and when it was asked to keep them. */
export class FormCheck {
  readonly #latest = new Latest();
  readonly #rendered = new Map<string, string>();
  #asked = '';
  #text = '';
  #refusals: Refusals = {};

  constructor(
    private readonly render: (target: Target, urls: FormUrls, signal: AbortSignal) => Promise<RenderedBadge>,
    private readonly onChange: () => void,
  ) {}

  /** What is to be said of these URLs. */
  textFor(target: Target, urls: FormUrls): string {
    return this.#asked === keyOfCheck(target, urls) ? this.#text : '';
  }

  get refusals(): Refusals {
    return this.#refusals;
  }

  /** What GitLab made of a URL. */
  rendered(target: Target, url: string): string | null {
    return this.#rendered.get(renderedKey(target, url)) ?? null;
  }

  /** @param urls null where there is nothing that GitLab could be asked. Rejects for bugs only. */
  async ask(target: Target, urls: FormUrls | null, signal: AbortSignal): Promise<void> {
    const asked = urls ? keyOfCheck(target, urls) : '';
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.#latest.cancel();
    this.#say(urls ? messages.checking() : '');
    const checked = urls && (await this.#latest.run((own) => this.#check(target, urls, own), signal));
    if (checked) this.#say(checked.value);
  }

  /** Answers whether any field was refused. */
  refuse(urls: FormUrls, fields: Readonly<Record<string, readonly string[]>> | undefined): boolean {
    const refused = (['link_url', 'image_url'] as const).flatMap((field) => (fields?.[field] ? [[field, { url: urls[field], reasons: fields[field] }]] : []));
    this.#refusals = Object.fromEntries(refused) as Refusals;
    return Object.keys(this.#refusals).length > 0;
  }

  async #check(target: Target, urls: FormUrls, signal: AbortSignal): Promise<string> {
    try {
      const { rendered_link_url, rendered_image_url } = await this.render(target, urls, signal);
      this.#rendered.set(renderedKey(target, urls.link_url), shownUrl(urls.link_url, rendered_link_url));
      this.#rendered.set(renderedKey(target, urls.image_url), shownUrl(urls.image_url, rendered_image_url));
      this.#refusals = {};
      return messages.checkedByGitLab();
    } catch (error) {
      signal.throwIfAborted();
      if (!isGitLabError(error)) throw error;
      // The role was not known and is too low for a check; whether it is for the badge as well, the attempt will tell.
      const isSilent = this.refuse(urls, error.details.fields) || error.reason === 'forbidden';
      return isSilent ? '' : messages.notChecked(error.message);
    }
  }

  #say(text: string): void {
    this.#text = text;
    this.onChange();
  }
}

function keyOfCheck(target: Target, urls: FormUrls): string {
  return JSON.stringify([keyOf(target), urls]);
}

function renderedKey(target: Target, url: string): string {
  return `${keyOf(target)} ${url}`;
}
