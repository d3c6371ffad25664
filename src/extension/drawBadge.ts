import { defaultStyle, type BadgeFace } from '../core/badge';

/** A badge as SVG; what draws it is loaded with the first one. */
export async function draw(face: BadgeFace): Promise<string> {
  const drawing = await import('../drawing/draw');
  return drawing.draw(face, { stem: 'preview', style: face.style ?? defaultStyle });
}
