export { createTensorBackend, type TensorBackendOptions } from './backend/create-tensor-backend.ts';
export type { RowSink, TensorBackend } from './backend/tensor-backend.ts';
export type { WasmBackendOptions, WasmFile } from './backend/tf-backend-wasm.ts';
export type { WebGpuBackendOptions } from './backend/tf-backend-webgpu.ts';
export { Autoencoder, type AutoencoderFitOptions } from './autoencoder/autoencoder.ts';
export { AutoencoderModel, type AutoencoderPassOptions } from './autoencoder/autoencoder-model.ts';
export type { AutoencoderOptions, AutoencoderSettings, ReconstructionLoss } from './autoencoder/options.ts';
export {
  convolutionalAutoencoder,
  defaultAutoencoder,
  gradientAutoencoder,
  reportAutoencoder,
} from './autoencoder/presets.ts';
export type { HiddenActivation, OutputActivation } from './layers/activations.ts';
export type { ConvolutionSettings, EncoderLayer, ImageSettings } from './layers/layer-settings.ts';
export type { TrainingHistory } from './autoencoder/training.ts';
export {
  DeepClustering,
  type CodeClustering,
  type DeepClusteringOptions,
} from './pipeline/deep-clustering.ts';
export { DeepClusteringModel, type DeepClusteringPlace } from './pipeline/deep-clustering-model.ts';
export { EmbeddedClustering } from './embedded/embedded-clustering.ts';
export {
  EmbeddedClusteringModel,
  type EmbeddedClusteringFields,
} from './embedded/embedded-clustering-model.ts';
export type { EmbeddedClusteringOptions, EmbeddedObjective } from './embedded/options.ts';
export type { EmbeddedClusteringSettings } from './embedded/settings.ts';
export { decPaper, defaultEmbeddedClustering, idecPaper } from './embedded/presets.ts';
export type { EmbeddedHistory } from './embedded/training.ts';
export type { OptimizerName } from './training/optimizer.ts';
export { N2d, type N2dOptions } from './pipeline/n2d.ts';
export type { N2dSettings } from './pipeline/n2d-settings.ts';
export { N2dModel, type N2dFields } from './pipeline/n2d-model.ts';
export { codeOnHost } from './pipeline/with-code.ts';
export { defaultCodeKMeans, defaultCodeMixture, defaultN2d, n2dPaper } from './pipeline/presets.ts';
export { Vade } from './vade/vade.ts';
export { VadeModel, type VadeFields } from './vade/vade-model.ts';
export type { VadeOptions } from './vade/options.ts';
export type { VadeSettings } from './vade/settings.ts';
export { defaultVade, vadePaper } from './vade/presets.ts';
export type { VadeHistory } from './vade/training.ts';
