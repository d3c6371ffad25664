/** Comes to a meeting; resolves once all others came, too. Coming again is nothing new, so whoever does not need the others any more just comes. */
export type Come = () => Promise<void>;

/**
 * Lets two readings go on in the same turn, whichever of them was ready first: what they ask then travels together, and the
 * number of requests does not hang on the order of answers.
 */
export function createMeeting(): readonly [Come, Come] {
  let missing = 2;
  let begin = () => {};
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const comer = (): Come => {
    let came = false;
    return () => {
      if (!came && --missing === 0) begin();
      came = true;
      return begun;
    };
  };
  return [comer(), comer()];
}
