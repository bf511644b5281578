/** `@spinframework/spin-llm`: inferencing and embeddings. */
import { generateEmbeddings as witGenerateEmbeddings, infer as witInfer } from "fermyon:spin/llm@2.0.0";
import type { EmbeddingsResult, InferencingParams, InferencingResult } from "fermyon:spin/llm@2.0.0";

export type InferencingOptions = Partial<InferencingParams>;
export type InferenceResult = InferencingResult;
export type EmbeddingResult = EmbeddingsResult;

export enum InferencingModels {
  Llama2Chat = "llama2-chat",
  CodellamaInstruct = "codellama-instruct",
}

export enum EmbeddingModels {
  AllMiniLmL6V2 = "all-minilm-l6-v2",
}

const defaults: InferencingParams = {
  maxTokens: 100,
  repeatPenalty: 1.1,
  repeatPenaltyLastNTokenCount: 64,
  temperature: 0.8,
  topK: 40,
  topP: 0.9,
};

/** Completes a prompt with a model that the component's `ai_models` names. */
export function infer(
  model: InferencingModels | string,
  prompt: string,
  options: InferencingOptions = {},
): InferenceResult {
  return witInfer(model, prompt, { ...defaults, ...options });
}

/** Turns texts into vectors. */
export function generateEmbeddings(model: EmbeddingModels | string, text: string[]): EmbeddingResult {
  return witGenerateEmbeddings(model, text);
}
