import type { Word } from './shell-tokens';

export interface Redirect {
  readonly operator: string;
  readonly target: Word;
}

/** A shell script as a tree, as far as its timing and the files it names need it. */
export type Node =
  | {
      readonly kind: 'simple';
      readonly assignments: readonly Word[];
      readonly words: readonly Word[];
      readonly redirects: readonly Redirect[];
    }
  | { readonly kind: 'list'; readonly items: readonly { readonly node: Node; readonly background: boolean }[] }
  | {
      readonly kind: 'and-or';
      readonly first: Node;
      readonly rest: readonly { readonly operator: '&&' | '||'; readonly node: Node }[];
    }
  | { readonly kind: 'pipeline'; readonly negated: boolean; readonly parts: readonly Node[] }
  | {
      readonly kind: 'if';
      readonly branches: readonly { readonly condition: Node; readonly body: Node }[];
      readonly otherwise?: Node;
    }
  | { readonly kind: 'while'; readonly until: boolean; readonly condition: Node; readonly body: Node }
  | { readonly kind: 'for'; readonly items?: readonly Word[]; readonly body: Node }
  | { readonly kind: 'case'; readonly subject: Word; readonly bodies: readonly Node[] }
  | {
      readonly kind: 'group';
      readonly subshell: boolean;
      readonly body: Node;
      readonly redirects: readonly Redirect[];
    }
  | { readonly kind: 'function'; readonly name: string; readonly body: Node };

/** The nodes directly within a node. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'simple':
      return [];
    case 'list':
      return node.items.map((item) => item.node);
    case 'and-or':
      return [node.first, ...node.rest.map((each) => each.node)];
    case 'pipeline':
      return node.parts;
    case 'if':
      return [
        ...node.branches.flatMap((branch) => [branch.condition, branch.body]),
        ...(node.otherwise ? [node.otherwise] : []),
      ];
    case 'while':
      return [node.condition, node.body];
    case 'case':
      return node.bodies;
    case 'for':
    case 'group':
    case 'function':
      return [node.body];
  }
}
