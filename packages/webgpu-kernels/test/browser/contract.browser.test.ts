import { engineContract } from '@shoal/core/testing';
import { describeContractInChromium } from '../../../../tools/contract-in-chromium.ts';

/** The engine contract again, in a page: browsers have their own WebGPU, timers and memory. */
describeContractInChromium('the WebGPU engine in Chromium', import.meta.dirname, engineContract);
