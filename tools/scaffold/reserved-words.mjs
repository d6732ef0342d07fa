/** Words that JavaScript and TypeScript keep for themselves. */
const OF_JAVASCRIPT =
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
  'false finally for function if implements import in instanceof interface let new null package private protected ' +
  'public return static super switch this throw true try typeof undefined var void while with yield';

/** Keywords and reserved words of WGSL, and the names that a new kernel has besides its entry point. */
const OF_WGSL =
  'alias break case const const_assert continue continuing default diagnostic discard else enable false fn for if ' +
  'let loop override requires return struct switch true var while ' +
  'abstract active alignas alignof as asm asm_fragment async attribute auto await become cast catch class co_await ' +
  'co_return co_yield coherent column_major common compile compile_fragment concept const_cast consteval constexpr ' +
  'constinit crate debugger decltype delete demote demote_to_helper do dynamic_cast enum explicit export extends ' +
  'extern external fallthrough filter final finally friend from fxgroup get goto groupshared highp impl implements ' +
  'import inline instanceof interface layout lowp macro macro_rules match mediump meta mod module move mut mutable ' +
  'namespace new nil noexcept noinline nointerpolation non_coherent noncoherent noperspective null nullptr of ' +
  'operator package packoffset partial pass patch pixelfragment precise precision premerge priv protected pub ' +
  'public readonly ref regardless register reinterpret_cast require resource restrict self set shared sizeof ' +
  'smooth snorm static static_assert static_cast std subroutine super target template this thread_local throw ' +
  'trait try type typedef typeid typename typeof union unless unorm unsafe unsized use using varying virtual ' +
  'volatile wgsl where with writeonly yield array u32 f32 vec3u input output params';

export const JAVASCRIPT_WORDS = new Set(OF_JAVASCRIPT.split(' '));
export const WGSL_WORDS = new Set(OF_WGSL.split(' '));
