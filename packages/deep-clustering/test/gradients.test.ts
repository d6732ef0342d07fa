import { readFileSync } from 'node:fs';
import { tensor2d, train } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { describeOnTensorBackends } from './describe-on-tensor-backends.ts';
import { expectClose } from './expect-close.ts';
import { fixtureNetwork } from './fixture-network.ts';

/** A network, a batch, and the results of PyTorch; parameters are weights, bias, weights, bias ... */
interface GradientCase {
  readonly name: string;
  readonly loss: 'mse' | 'binary-crossentropy';
  readonly output: 'sigmoid' | 'linear';
  readonly code: 'relu' | 'linear';
  readonly x: readonly number[];
  readonly parameters: readonly (readonly number[])[];
  readonly lossValue: number;
  readonly gradients: readonly (readonly number[])[];
  readonly afterAdam: readonly (readonly number[])[];
}

interface GradientFixture {
  readonly widths: readonly number[];
  readonly rows: number;
  readonly adamSteps: number;
  readonly learningRate: number;
  readonly cases: readonly GradientCase[];
}

const fixture = JSON.parse(
  readFileSync(new URL('fixtures/gradients.json', import.meta.url), 'utf8'),
) as GradientFixture;

describeOnTensorBackends((opened) => {
  test.each(fixture.cases)('gradients and Adam steps are those of PyTorch: $name', async (expected) => {
    const { backend } = opened();
    const settings = {
      layers: fixture.widths.slice(1, (fixture.widths.length + 1) / 2),
      codeActivation: expected.code,
      outputActivation: expected.output,
      loss: expected.loss,
    };
    const { network, loss } = fixtureNetwork(settings, fixture.widths[0], expected.parameters, backend);
    const evaluate = () =>
      backend.run(() => {
        const x = tensor2d(expected.x as number[], [fixture.rows, fixture.widths[0]]);
        const pass = network.forward(x);
        const gradients = network.backward(pass, loss.gradient(pass.output, x));
        return { total: loss.total(pass.output, x), gradients };
      });

    const { total, gradients } = evaluate();
    const [lossSum] = await total.data();
    expect(lossSum / expected.x.length).toBeCloseTo(expected.lossValue, 6);
    for (const [i, parameter] of network.parameters.entries()) {
      const gradient = gradients.find(({ name }) => name === parameter.name);
      expectClose(await gradient!.tensor.data(), expected.gradients[i], 2e-6);
    }

    const adam = backend.run(() => train.adam(fixture.learningRate, 0.9, 0.999, 1e-7));
    for (let step = 0; step < fixture.adamSteps; step++) {
      backend.run(() => {
        adam.applyGradients(evaluate().gradients);
      });
    }
    const after = (await network.readWeights()).flatMap((layer) => [layer.weights, layer.bias]);
    after.forEach((values, i) => {
      expectClose(values, expected.afterAdam[i], 2e-5);
    });
    network.dispose();
  });
});
