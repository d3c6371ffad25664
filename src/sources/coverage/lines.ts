/** Calls `take` for each line of a text that comes in pieces, with its number from 1; `end` gives the last one. */
export function lineReader(take: (line: string, number: number) => void): { write(text: string): void; end(): void } {
  let rest = '';
  let number = 0;
  return {
    write(text) {
      const lines = text.split('\n');
      lines[0] = rest + lines[0];
      rest = lines.pop() ?? '';
      for (const line of lines) take(line.endsWith('\r') ? line.slice(0, -1) : line, ++number);
    },
    end() {
      if (rest !== '') take(rest, ++number);
      rest = '';
    },
  };
}
