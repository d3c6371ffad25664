import { nearest } from '../nearest';
import type { Range } from '../problem';
import { complaintAboutArgs, type FilterName, filterNames, isFilterName } from './filters';

/** A text with expressions in braces, such as `{release.tag} · {coverage|round}%`. */
export interface Template {
  /** In their order: what stands there as it is, and what is put in. */
  readonly parts: readonly (string | Expression)[];
}

/** Ranges are offsets into the text that was parsed. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number }
  | { readonly kind: 'name'; readonly name: string; readonly range: Range }
  | { readonly kind: 'negation'; readonly of: Expression; readonly range: Range }
  | { readonly kind: 'operation'; readonly operator: Operator; readonly left: Expression; readonly right: Expression; readonly range: Range }
  | { readonly kind: 'filter'; readonly filter: FilterName; readonly input: Expression; readonly args: readonly (string | number)[]; readonly range: Range };

export type Operator = '+' | '-' | '*' | '/';

/** Why a text is no template. The problem is a sentence without its end: `a name is missing here`. */
interface TemplateProblem {
  readonly problem: string;
  readonly range: Range;
  /** What was meant, as far as anybody can tell: it would stand in place of `range`. */
  readonly meant?: string;
}

export type Parsed<T> = { readonly value: T } | TemplateProblem;

/** Much longer than what fits a badge. */
export const maxTemplateLength = 1000;

/** Brackets within brackets, and signs before signs. */
const maxNesting = 20;

/** Reads a text with expressions in braces; `{{` and `}}` stand for braces themselves. */
export function parseTemplate(text: string): Parsed<Template> {
  return attempt(text, (parser) => parser.template());
}

/** Reads an expression without braces around it. */
export function parseExpression(text: string): Parsed<Expression> {
  return attempt(text, (parser) => parser.wholeExpression());
}

/** Names of facts and values that it needs, with their places. */
export function namesIn(template: Template | Expression): readonly { readonly name: string; readonly range: Range }[] {
  if ('parts' in template) return template.parts.flatMap((part) => (typeof part === 'string' ? [] : namesIn(part)));
  switch (template.kind) {
    case 'literal':
      return [];
    case 'name':
      return [template];
    case 'negation':
      return namesIn(template.of);
    case 'operation':
      return [...namesIn(template.left), ...namesIn(template.right)];
    case 'filter':
      return namesIn(template.input);
  }
}

function attempt<T>(text: string, parse: (parser: Parser) => T): Parsed<T> {
  if (text.length > maxTemplateLength) return { problem: `a template has ${maxTemplateLength} characters at most`, range: { start: maxTemplateLength, end: text.length } };
  try {
    return { value: parse(new Parser(text)) };
  } catch (error) {
    if (error instanceof Mistake) return error.why;
    throw error;
  }
}

/** Never leaves this file. */
class Mistake extends Error {
  constructor(readonly why: TemplateProblem) {
    super(why.problem);
  }
}

class Parser {
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  template(): Template {
    const parts: (string | Expression)[] = [];
    let plain = '';
    while (this.at < this.text.length) {
      const two = this.text.slice(this.at, this.at + 2);
      if (two === '{{' || two === '}}') {
        plain += two.charAt(0);
        this.at += 2;
      } else if (this.text[this.at] === '{') {
        if (plain !== '') parts.push(plain);
        plain = '';
        parts.push(this.inBraces());
      } else {
        plain += this.text.charAt(this.at++);
      }
    }
    return { parts: plain === '' ? parts : [...parts, plain] };
  }

  wholeExpression(): Expression {
    const expression = this.pipe();
    if (this.at < this.text.length) this.unexpected('the end');
    return expression;
  }

  private inBraces(): Expression {
    const start = this.at++;
    const expression = this.pipe();
    if (this.at >= this.text.length) this.fail('the brace is not closed', start, this.at);
    if (this.text[this.at] !== '}') this.unexpected('}');
    this.at += 1;
    return expression;
  }

  private pipe(): Expression {
    let input = this.sum();
    while (this.take(/\|/y) !== null) input = this.filter(input);
    return input;
  }

  private sum(): Expression {
    return this.operations(/[+-]/y, () => this.product());
  }

  private product(): Expression {
    return this.operations(/[*/]/y, () => this.unary());
  }

  private operations(operators: RegExp, operand: () => Expression): Expression {
    this.skipBlanks();
    const { at: start } = this;
    let left = operand();
    for (let operator = this.take(operators); operator !== null; operator = this.take(operators)) {
      const right = operand();
      left = { kind: 'operation', operator: operator as Operator, left, right, range: { start, end: this.at } };
    }
    this.skipBlanks();
    return left;
  }

  private unary(): Expression {
    this.skipBlanks();
    const { at: start } = this;
    if (this.take(/-/y) === null) return this.primary();
    return this.nested(() => {
      const of = this.unary();
      return { kind: 'negation', of, range: { start, end: this.at } };
    });
  }

  private primary(): Expression {
    this.skipBlanks();
    const { at: start } = this;
    if (this.take(/\(/y) !== null) {
      const inner = this.nested(() => this.pipe());
      if (this.take(/\)/y) === null) this.unexpected(')');
      return inner;
    }
    const literal = this.literal();
    if (literal !== null) return { kind: 'literal', value: literal };
    const name = this.take(/[A-Za-z_]\w*(?:\.\w+)*/y);
    if (name === null) this.unexpected('a name');
    return { kind: 'name', name, range: { start, end: start + name.length } };
  }

  private filter(input: Expression): Expression {
    this.skipBlanks();
    const { at: start } = this;
    const written = this.take(/[A-Za-z_]\w*/y);
    if (written === null) this.unexpected('the name of a filter');
    const range = { start, end: start + written.length };
    if (!isFilterName(written)) {
      const meant = nearest(written, filterNames);
      const list = `${filterNames.slice(0, -1).join(', ')} or ${filterNames.at(-1)}`;
      throw new Mistake({ problem: `“${short(written)}” is no filter: use ${list}`, range, ...(meant !== null && { meant }) });
    }
    const args = this.take(/\(/y) === null ? [] : this.args();
    const wrong = complaintAboutArgs(written, args);
    if (wrong !== null) this.fail(wrong, start, this.at);
    return { kind: 'filter', filter: written, input, args, range };
  }

  private args(): readonly (string | number)[] {
    const args: (string | number)[] = [];
    if (this.take(/\)/y) !== null) return args;
    do {
      this.skipBlanks();
      const negative = this.take(/-/y) !== null;
      const value = this.literal();
      if (value === null || (negative && typeof value === 'string')) this.unexpected('a number, or a text in quotes');
      args.push(negative ? -Number(value) : value);
    } while (this.take(/,/y) !== null);
    if (this.take(/\)/y) === null) this.unexpected(')');
    return args;
  }

  private literal(): string | number | null {
    const number = this.take(/\d{1,15}(?:\.\d{1,15})?/y);
    if (number !== null) return Number(number);
    const { at: start } = this;
    const quote = this.take(/["']/y);
    if (quote === null) return null;
    const end = this.text.indexOf(quote, this.at);
    if (end < 0) this.fail('the text is not closed by its quote', start, this.text.length);
    const value = this.text.slice(this.at, end);
    this.at = end + 1;
    return value;
  }

  private nested<T>(parse: () => T): T {
    if (++this.depth > maxNesting) this.fail(`nested deeper than ${maxNesting} levels`, this.at, this.at);
    const result = parse();
    this.depth -= 1;
    return result;
  }

  /** Takes what the pattern matches here, blanks in front of it left out. */
  private take(pattern: RegExp): string | null {
    this.skipBlanks();
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? null;
    if (found !== null) this.at += found.length;
    return found;
  }

  private skipBlanks(): void {
    while (/\s/.test(this.text.charAt(this.at))) this.at += 1;
  }

  private unexpected(wanted: string): never {
    const found = this.text.codePointAt(this.at);
    if (found === undefined) this.fail(`${wanted} is missing here`, this.at, this.at);
    const character = String.fromCodePoint(found);
    this.fail(`${wanted} is expected here, not “${character}”`, this.at, this.at + character.length);
  }

  private fail(problem: string, start: number, end: number): never {
    throw new Mistake({ problem, range: { start, end } });
  }
}

const short = (text: string) => (text.length > 40 ? `${text.slice(0, 39)}…` : text);
