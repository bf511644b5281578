import { f32, list, string, u32 } from "./codec.ts";
import { option, record, result, variant } from "./codec-compounds.ts";
import { fallible, type HostFunctions } from "./host-function.ts";

/** `fermyon:spin/llm@2` as the host has it. */
interface Llm {
  infer(model: string, prompt: string, parameters: unknown): unknown;
  generateEmbeddings(model: string, texts: string[]): unknown;
}

const parameters = record({
  maxTokens: u32,
  repeatPenalty: f32,
  repeatPenaltyLastNTokenCount: u32,
  temperature: f32,
  topK: u32,
  topP: f32,
});
const inferred = record({ text: string, usage: record({ promptTokenCount: u32, generatedTokenCount: u32 }) });
const embedded = record({ embeddings: list(list(f32)), usage: record({ promptTokenCount: u32 }) });
const error = variant([["model-not-supported"], ["runtime-error", string], ["invalid-input", string]]);

/** The import module `llm` (Spin 1.5). Types and errors are those of today. */
export function llmFunctions(llm: Llm): HostFunctions {
  return {
    infer: fallible([string, string, option(parameters)], result(inferred, error), (model, prompt, given) =>
      llm.infer(model, prompt, given),
    ),
    "generate-embeddings": fallible([string, list(string)], result(embedded, error), async (model, texts) => {
      const made = (await llm.generateEmbeddings(model, texts)) as { embeddings: ArrayLike<number>[] };
      return { ...made, embeddings: made.embeddings.map((embedding) => Array.from(embedding)) };
    }),
  };
}
