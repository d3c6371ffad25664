import type { BadgeFace } from '../../core/badge';
import { ownFace, ownKinds, type OwnKind } from '../../core/imageSources';
import type { ReadyKind } from '../../core/readyBadges';
import type { FormFields, FormPicture } from '../../webview/badgeFormProtocol';
import { Latest } from '../latest';
import * as messages from '../messages';
import type { Picture } from '../published/pictures';

interface PicturePorts {
  /** The picture behind an address, with the token where that is needed and allowed. Rejects when aborted. */
  find(url: string, signal: AbortSignal): Promise<Picture>;
  /** A generated badge as a data URI; null where there is none of that name. */
  drawGenerated(stem: string): Promise<string | null>;
  /** A badge as a data URI. Rejects with DrawingError. */
  draw(face: BadgeFace): Promise<string>;
}

/** The picture of the badge that a form is about; the newest question counts, and none is asked twice in a row. */
export class FormPictures {
  readonly #latest = new Latest();
  #asked = '';
  #shown: FormPicture = { image: null, text: '', busy: false };

  constructor(
    private readonly ports: PicturePorts,
    private readonly onChange: () => void,
  ) {}

  /** The last picture stays until there is another one. */
  shownFor(url: string | null, fields: FormFields): FormPicture {
    return this.#asked === keyOfPicture(url, fields) ? this.#shown : { ...this.#shown, text: '', busy: true };
  }

  /** @param url with its placeholders replaced; null where it cannot be loaded. Rejects for bugs only. */
  async ask(url: string | null, fields: FormFields, signal: AbortSignal): Promise<void> {
    const asked = keyOfPicture(url, fields);
    if (asked === this.#asked) return;
    this.#asked = asked;
    if (url === null) {
      this.#latest.cancel();
      return this.#show({ image: null, text: fields.image_url.trim() === '' ? '' : messages.noPictureYet(), busy: false });
    }
    this.#show({ image: this.#shown.image, text: messages.loadingPicture(), busy: true });
    const found = await this.#latest.run((own) => this.#find(url, fields, own), signal);
    if (found) this.#show({ ...found.value, busy: false });
  }

  /** The real one, else one that is drawn here and says so. */
  async #find(url: string, fields: FormFields, signal: AbortSignal): Promise<Pick<FormPicture, 'image' | 'text'>> {
    const found = await this.ports.find(url, signal);
    if ('image' in found) return { image: found.image, text: messages.pictureAsShown() };
    const { kind, options } = fields;
    if (kind === 'generated' || kind === 'leveled') {
      const image = options.stem ? await this.ports.drawGenerated(options.stem) : null;
      return { image, text: image === null ? found.why : messages.pictureFromFolder(found.why) };
    }
    const face = sketchOf(fields);
    // GitLab takes colours that are none.
    const image = face && (await this.ports.draw(face).catch(() => null));
    return { image, text: image === null ? found.why : messages.pictureSketch(found.why) };
  }

  #show(picture: FormPicture): void {
    this.#shown = picture;
    this.onChange();
  }
}

function keyOfPicture(url: string | null, { kind, options, image_url }: FormFields): string {
  return JSON.stringify([url, kind, kind === 'own' ? null : options, url === null && image_url.trim() === '']);
}

/** What GitLab draws, without the value that it alone knows; null for what it does not draw. */
function sketchOf({ kind, options }: FormFields): BadgeFace | null {
  if (kind !== 'text' && !isOwnKind(kind)) return null;
  const style = options.style === 'flat-square' ? 'flat-square' : 'flat';
  const drawn = kind === 'text' ? null : ownFace(kind);
  const face = { label: options.key_text || (drawn?.label ?? 'custom'), style } as const;
  if (drawn) return { ...drawn, ...face };
  return { ...face, message: options.value_text || 'none', color: cssColor(options.value_color) ?? '#e05d44', labelColor: cssColor(options.key_color) ?? '#9f9f9f' };
}

function isOwnKind(kind: ReadyKind): kind is OwnKind {
  return ownKinds.some((each) => each === kind);
}

/** GitLab takes hex digits without a `#`. */
function cssColor(color: string | undefined): string | undefined {
  return color ? color.replace(/^(?=[0-9a-f]{3}(?:[0-9a-f]{3})?$)/i, '#') : undefined;
}
