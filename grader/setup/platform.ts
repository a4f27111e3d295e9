import { GraderError } from '../errors.ts';
import type { Device } from './engine.ts';

/** The release that the wheels are taken from. */
export const tensorflowVersion = '2.21.0';

interface WheelChoice {
  readonly package: string;
  /** Platform tags for `pip download`. */
  readonly tags: readonly string[];
  readonly bytes: number;
  readonly sha256: string;
}

interface ArchiveChoice {
  readonly version: string;
  /** Path below the storage host. */
  readonly path: string;
  /** Upstream publishes none; these are the ones that Nixpkgs and Bazel rules have pinned. */
  readonly sha256: string;
}

interface PlatformChoices {
  readonly wheels: Partial<Readonly<Record<Device, WheelChoice>>>;
  readonly archives: Partial<Readonly<Record<Device, ArchiveChoice>>>;
}

/** The archives are those that tfjs-node's own install script names. */
const choices: Readonly<Record<string, PlatformChoices>> = {
  'linux-x64': {
    wheels: {
      cpu: {
        package: 'tensorflow-cpu',
        tags: ['manylinux_2_27_x86_64'],
        bytes: 273_829_956,
        sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
      },
      gpu: {
        package: 'tensorflow',
        tags: ['manylinux_2_27_x86_64'],
        bytes: 572_440_367,
        sha256: '9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124',
      },
    },
    archives: {
      cpu: classic(
        'cpu-linux-x86_64',
        '7f510d2546e3db5e10b1d119463689003d587842892ad3c95bca51cf82820173',
      ),
      gpu: classic(
        'gpu-linux-x86_64',
        '20c46f761d5905f592c4eac0812e8e50d9cb439f9440a9391912cf4c02ed8be8',
      ),
    },
  },
  'linux-arm64': {
    wheels: {
      cpu: {
        package: 'tensorflow',
        tags: ['manylinux_2_27_aarch64'],
        bytes: 281_828_020,
        sha256: '4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c',
      },
    },
    archives: {
      cpu: {
        version: '2.7',
        path: 'tf-builds/libtensorflow_r2_7_linux_arm64.tar.gz',
        sha256: '9395d1ff39f5b6847f5121e679ff4e599dc7061a2a7f87ceac061c78e908e6e3',
      },
    },
  },
  'darwin-arm64': {
    wheels: {
      cpu: {
        package: 'tensorflow',
        tags: ['macosx_12_0_arm64'],
        bytes: 223_405_849,
        sha256: '51f46f4806139d01fc7920cc72a4c75876f80649bf40ff083ab6212ceb43ca88',
      },
    },
    archives: {
      cpu: {
        version: '2.7',
        path: 'tf-builds/libtensorflow_r2_7_darwin_arm64_cpu.tar.gz',
        sha256: '13ab22b97e2af06e431aaeb7b42fb89981965dd01aa16da035d8210aa4183d79',
      },
    },
  },
  'darwin-x64': {
    wheels: {},
    archives: {
      cpu: classic(
        'cpu-darwin-x86_64',
        '56f83d3320ba0f69aaafd6c058645e1b7fbc75fb9a3fc36d6be98de1291ca226',
      ),
    },
  },
};

/** What can be fetched here. Throws a `GraderError` where TensorFlow's C library does not exist. */
export function platformChoices(): PlatformChoices {
  const name = `${process.platform}-${process.arch}`;
  const found = choices[name];
  if (!found) {
    throw unsupported(
      `TensorFlow has no build for ${name}. Builds exist for: ${Object.keys(choices).join(', ')}.`,
      'Build TensorFlow and pass its folder with --libtensorflow, or use another machine.',
    );
  }
  if (process.platform === 'linux' && !hasGlibc()) {
    throw unsupported(
      "TensorFlow's builds need glibc; this Linux has another C library.",
      'Use a distribution with glibc (Debian, Ubuntu, Fedora) or a container of one.',
    );
  }
  return found;
}

/** Throws a `GraderError` on Windows, whatever the source: the wheel's DLL lacks the C API. */
export function refuseWindows(): void {
  if (process.platform !== 'win32') return;
  throw unsupported(
    'Windows has no TensorFlow build with the C library that the engine needs.',
    'Use WSL 2: install Ubuntu with "wsl --install" and run the grader inside it.',
  );
}

/** Names one build in the cache, the same from every checkout. */
export function engineKey(version: string, device: Device, binding: string): string {
  return `tensorflow-${version}-${device}-${process.platform}-${process.arch}-tfjs-${binding}`;
}

/**
 * Names what a CI system may keep of `setup`: the same for the same grader, TensorFlow, platform and Node
 * ABI, and nothing else.
 */
export function cacheKey(grader: string, device: Device, binding: string): string {
  const engine = engineKey(tensorflowVersion, device, binding);
  return `grader-${grader}-${engine}-node-abi-${process.versions.modules}`;
}

function classic(system: string, sha256: string): ArchiveChoice {
  const version = '2.9.1';
  return {
    version,
    sha256,
    path: `tensorflow/libtensorflow/libtensorflow-${system}-${version}.tar.gz`,
  };
}

function hasGlibc(): boolean {
  const report = process.report as { excludeNetwork?: boolean; getReport(): object };
  // Otherwise Node looks up the names of every peer, which takes seconds on some networks.
  report.excludeNetwork = true;
  const { header } = report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime !== undefined;
}

function unsupported(message: string, help: string): GraderError {
  return new GraderError({ fault: 'machine', code: 'platform-unsupported', message, help });
}
