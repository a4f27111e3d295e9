// Writes grader/report/grade-report.schema.json: the JSON schema of reports, made of the types in
// grader/contract. What a type cannot say stands there in tags: @minimum, @pattern, @asType integer.
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
const file = fileURLToPath(new URL('grader/report/grade-report.schema.json', root));

export async function reportSchema() {
  const config = {
    ...DEFAULT_CONFIG,
    path: fileURLToPath(new URL('grader/contract/report.ts', root)),
    tsconfig: fileURLToPath(new URL('tsconfig.json', root)),
    ...{ type: 'GradeReport', topRef: false, skipTypeCheck: true },
  };
  const program = createProgram(config);
  const keys = keysOfTables(program.getTypeChecker());
  const parser = createParser(program, config, (chain) => chain.addNodeParser(keys));
  const schema = new SchemaGenerator(program, parser, createFormatter(config), config);
  const text = JSON.stringify(schema.createSchema('GradeReport'));
  return format(text, { ...(await resolveConfig(file)), filepath: file });
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
  writeFileSync(file, await reportSchema());
}
