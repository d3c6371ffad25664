// Property tests try the same cases in every run, so that a run says something about the code alone. To look for others:
// `FC_SEED=$RANDOM npm run test:unit`; a failure names its seed.
import fc from 'fast-check';

const usualSeed = 20_261;

fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? usualSeed) });
