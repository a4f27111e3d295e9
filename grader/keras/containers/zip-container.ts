import { clean } from '../../recipe/show.ts';
import type { Container } from '../container.ts';
import { openFile } from './byte-source.ts';
import { declaredBytes, openHdf5 } from './hdf5-file.ts';
import { checkGroups, optimizerArrays, weightsInGroups } from './keras-groups.ts';
import type { OpenSetting } from './open-setting.ts';
import { checkConfigBytes, memberOf, parseJson, versionOf } from './parse-json.ts';
import { type Archive, listArchive, type ZipPlace } from './zip-archive.ts';
import { readEntry, unpackEntry } from './zip-entry.ts';

type Places = ReadonlyMap<string, ZipPlace>;

/** Opens a `.keras` file: a zip archive of the configuration and the weights as HDF5. */
export async function openZipContainer(path: string, setting: OpenSetting): Promise<Container> {
  const { refusals } = setting;
  const file = openFile(path, refusals);
  const archive: Archive = { path, file };
  const places = await listArchive(archive, refusals);
  const config = readJson(archive, placeOfConfig(places, setting), setting);
  const metadata = places.get('metadata.json');
  const weights = await unpackEntry(archive, placeOfWeights(places, setting), setting);
  const hdf5 = await openHdf5(weights, setting);
  checkGroups(hdf5, refusals);
  return {
    kerasVersion: metadata
      ? versionOf(memberOf(readJson(archive, metadata, setting), 'keras_version'))
      : null,
    config,
    compile: memberOf(config, 'compile_config') ?? null,
    bytes: file.bytes,
    optimizerBytes: declaredBytes(optimizerArrays(hdf5)),
    weights: (layer) => weightsInGroups(hdf5, layer, refusals),
    close() {
      hdf5.close();
      weights.close();
      file.close();
    },
  };
}

function placeOfConfig(places: Places, { refusals }: OpenSetting): ZipPlace {
  const place = places.get('config.json');
  if (place !== undefined) return place;
  const names = [...places.keys()].slice(0, 4).map((name) => `"${clean(name, 40)}"`);
  throw refusals.candidate(
    'not-a-keras-file',
    `a zip archive without config.json (it holds ${names.join(', ') || 'nothing'}), ` +
      'so not a .keras file.',
    { help: 'Hand in what model.save("model.keras") wrote, not an archive around it.' },
  );
}

function placeOfWeights(places: Places, { refusals }: OpenSetting): ZipPlace {
  const place = places.get('model.weights.h5');
  if (place !== undefined) return place;
  throw refusals.candidate('weights-missing', 'it has no model.weights.h5.', {
    help: 'Hand in what model.save("model.keras") wrote, unchanged.',
  });
}

function readJson(archive: Archive, place: ZipPlace, { refusals }: OpenSetting): unknown {
  const what = `its ${clean(place.name, 40)}`;
  checkConfigBytes({ what, bytes: Math.max(place.bytes, place.packedBytes) }, refusals);
  const text = new TextDecoder().decode(readEntry(archive, place, refusals));
  return parseJson({ text, what }, refusals);
}
