import type { Written } from '../core/definition';
import { propertyOf } from './tree';
import type { ObjectNode, TreeNode } from './tree';
import { textOf } from './validate';
import type { Validation } from './validate';

/** Takes from a validated tree what is sound. A value that is nothing counts as left out. `Keys` are those of the table of fields. */
export class TreeReader<Keys extends string> {
  constructor(protected readonly validation: Validation) {}

  protected isSound(node: TreeNode): boolean {
    return this.validation.isSound(node);
  }

  protected value(parent: ObjectNode, key: Keys): TreeNode | undefined {
    const value = propertyOf(parent, key)?.value;
    return value?.type === 'null' ? undefined : value;
  }

  protected text(parent: ObjectNode, key: Keys): Written<string> | undefined {
    const node = this.value(parent, key);
    const value = node && this.isSound(node) ? writtenText(node) : null;
    return node && value !== null ? { value, range: node.range } : undefined;
  }

  protected soundItems(items: readonly TreeNode[]): readonly TreeNode[] {
    return items.filter((item) => this.isSound(item));
  }
}

/** Whether a number may stand for a text here is the validation's to say. */
export function writtenText(node: TreeNode): string | null {
  return textOf(node, { asWritten: true });
}
