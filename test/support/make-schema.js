// Writes the JSON schemas that are made of the types in grader/contract. What a type cannot say stands there in
// tags: @minimum, @pattern, @asType integer.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import {
  createFormatter,
  createParser,
  createProgram,
  DEFAULT_CONFIG,
  EnumType,
  SchemaGenerator,
} from 'ts-json-schema-generator';
import ts from 'typescript';

const root = new URL('../../', import.meta.url);

/** The type that each is of. */
const schemas = {
  'grader/report/grade-report.schema.json': 'GradeReport',
  'grader/exam/exam.schema.json': 'Exam',
  'grader/records/signed-record.schema.json': 'SignedRecord',
};

/** The text of each, by its path. */
export async function allSchemas() {
  const config = {
    ...DEFAULT_CONFIG,
    path: fileURLToPath(new URL('grader/contract.ts', root)),
    tsconfig: fileURLToPath(new URL('tsconfig.json', root)),
    ...{ topRef: false, skipTypeCheck: true },
  };
  const program = createProgram(config);
  const keys = keysOfTables(program.getTypeChecker());
  const parser = createParser(program, config, (chain) => chain.addNodeParser(keys));
  const generator = new SchemaGenerator(program, parser, createFormatter(config), config);
  const texts = Object.entries(schemas).map(async ([name, type]) => {
    const file = fileURLToPath(new URL(name, root));
    const text = JSON.stringify(generator.createSchema(type));
    return [name, await format(text, { ...(await resolveConfig(file)), filepath: file })];
  });
  return Object.fromEntries(await Promise.all(texts));
}

/** `keyof typeof table`, whose values are functions and the like that no schema has. */
function keysOfTables(checker) {
  return {
    supportsNode: (node) =>
      ts.isTypeOperatorNode(node) &&
      node.operator === ts.SyntaxKind.KeyOfKeyword &&
      ts.isTypeQueryNode(node.type),
    createType: (node) => {
      const { types } = checker.getTypeFromTypeNode(node);
      return new EnumType(
        `keys-${node.pos}`,
        types.map(({ value }) => value),
      );
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, text] of Object.entries(await allSchemas())) {
    writeFileSync(fileURLToPath(new URL(name, root)), text);
  }
}
