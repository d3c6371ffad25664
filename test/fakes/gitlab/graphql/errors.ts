import type { GraphQLError } from 'graphql';

interface AnsweredError {
  readonly message: string;
  readonly locations?: readonly { readonly line: number; readonly column: number }[];
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, string>>;
}

/** The faults of a query that older servers find, in the words of GitLab's GraphQL library. */
const wordings: readonly {
  readonly ours: RegExp;
  readonly theirs: (parts: readonly string[]) => { readonly message: string; readonly extensions: Readonly<Record<string, string>> };
}[] = [
  {
    ours: /^Cannot query field "(\w+)" on type "(\w+)"/,
    theirs: ([fieldName = '', typeName = '']) => ({
      message: `Field '${fieldName}' doesn't exist on type '${typeName}'`,
      extensions: { code: 'undefinedField', typeName, fieldName },
    }),
  },
  {
    ours: /^Unknown argument "(\w+)" on field "\w+\.(\w+)"/,
    theirs: ([argumentName = '', name = '']) => ({
      message: `Field '${name}' doesn't accept argument '${argumentName}'`,
      extensions: { code: 'argumentNotAccepted', name, typeName: 'Field', argumentName },
    }),
  },
  {
    ours: /^Unknown type "(\w+)"/,
    theirs: ([typeName = '']) => ({
      message: `No such type ${typeName}, so it can't be a fragment condition`,
      extensions: { code: 'undefinedType', typeName },
    }),
  },
  {
    ours: /^Value "(\w+)" does not exist in "(\w+)" enum/,
    theirs: ([value = '', typeName = '']) => ({
      message: `Expected "${value}" to be one of the values of ${typeName}`,
      extensions: { code: 'argumentLiteralsIncompatible', typeName },
    }),
  },
  {
    ours: /^Variable "\$(\w+)" of required type "([^"]+)" was not provided/,
    theirs: ([name = '', typeName = '']) => ({
      message: `Variable $${name} of type ${typeName} was provided invalid value`,
      extensions: { typeName },
    }),
  },
  {
    ours: /^Variable "\$(\w+)" got invalid value (.+?)[;:.] (.*)$/s,
    theirs: ([name = '', , explanation = '']) => ({
      message: `Variable $${name} of type was provided invalid value: ${explanation}`,
      extensions: { explanation },
    }),
  },
];

export function answeredErrors(errors: readonly GraphQLError[]): AnsweredError[] {
  return errors.map((error) => {
    const place = { ...(error.locations ? { locations: error.locations } : {}), ...(error.path ? { path: error.path } : {}) };
    for (const { ours, theirs } of wordings) {
      const parts = ours.exec(error.message)?.slice(1);
      if (!parts) continue;
      const { message, extensions } = theirs(parts);
      return { message, ...place, extensions };
    }
    return { message: error.message, ...place };
  });
}
