/** `emitDecoratorMetadata`, which esbuild does not know: such files go through TypeScript itself. */

import { dirname } from 'node:path'
import type { ts } from 'ts-morph'
import { typescript } from '../../../typescript.ts'
import { markImportedTypes } from './imported-types.ts'

export type DecoratorMetadata = (file: string, text: string) => string | undefined

/** Gives the compiled text, its lines mapped, of a file that has decorators and whose tsconfig asks for their types; of any other, undefined. */
export function createDecoratorMetadata(): DecoratorMetadata {
  const known = new Map<string, ts.CompilerOptions>()

  /** From the nearest tsconfig.json, what it extends included. */
  function optionsFor(folder: string): ts.CompilerOptions {
    const config = typescript.findConfigFile(folder, typescript.sys.fileExists)
    if (config === undefined) return {}
    const found = known.get(config) ?? parseConfig(config)
    known.set(config, found)
    return found
  }

  return (file, text) => {
    if (!/\.[cm]?tsx?$/.test(file) || !/(^|[\s(])@\w/m.test(text)) return undefined
    const options = optionsFor(dirname(file))
    const { experimentalDecorators, emitDecoratorMetadata, useDefineForClassFields, target = 0 } = options
    if (!experimentalDecorators || !emitDecoratorMetadata) return undefined
    const compilerOptions: ts.CompilerOptions = {
      experimentalDecorators,
      emitDecoratorMetadata,
      useDefineForClassFields: useDefineForClassFields ?? target >= typescript.ScriptTarget.ES2022,
      target: typescript.ScriptTarget.ES2022,
      module: typescript.ModuleKind.ESNext,
      jsx: typescript.JsxEmit.Preserve,
      inlineSourceMap: true,
      inlineSources: true,
    }
    return typescript.transpileModule(markImportedTypes(file, text, options), { fileName: file, compilerOptions }).outputText
  }
}

function parseConfig(config: string): ts.CompilerOptions {
  const read = typescript.readConfigFile(config, typescript.sys.readFile)
  return typescript.parseJsonConfigFileContent(read.config ?? {}, { ...typescript.sys, readDirectory: () => [] }, dirname(config)).options
}
