import type { metrics, MetricId } from '../metrics/metric.ts';
import type { FindingFigures } from '../contract.ts';
import { count, percent, rateOf, significant as n } from '../text/numbers.ts';
import type { Texts } from '../text/translate.ts';
import type { FindingWords, Words } from './en.ts';
import { withJosa } from './with-josa.ts';

const verdictTitles: Words['verdict']['titles'] = {
  passed: '합격',
  'below-pass-mark': '합격선 미달',
  'invalid-submission': '올바르지 않은 제출물',
  'limit-exceeded': '한도 초과',
  crashed: '제출물이 비정상 종료됨',
  'package-fault': '채점하지 못함: 문제 패키지의 오류',
  'machine-fault': '채점하지 못함: 컴퓨터의 문제',
  'grader-fault': '채점하지 못함: 채점기의 오류',
  'wrong-usage': '채점하지 못함: 잘못된 명령',
  interrupted: '채점하지 못함: 중단됨',
};

/** `{name}` stands for what differs. */
const notes: Texts = {
  'bubblewrap with namespaces, limits, seccomp':
    '네임스페이스, 자원 제한, seccomp을 적용한 bubblewrap',
  'bubblewrap with namespaces, limits, no seccomp filter on {arch}':
    '네임스페이스와 자원 제한을 적용한 bubblewrap({arch}용 seccomp 필터 없음)',
  'recipes run in an interpreter without host objects, each child with {limits}; no jail: {reason}':
    '레시피는 호스트 객체가 없는 인터프리터에서 읽고 자식 프로세스마다 제한을 둡니다({limits}). jail을 쓰지 못한 까닭: {reason}',
  'The time limit ended the training in epoch {next} of {epochs}. The weights of epoch {graded} were graded.':
    '제한 시간이 되어 {epochs}에포크 가운데 {next}번째 에포크에서 학습을 끝냈습니다. 에포크 {graded}의 가중치로 채점했습니다.',
  'Interrupted in epoch {next} of {epochs}. The weights of epoch {graded} were graded.':
    '{epochs}에포크 가운데 {next}번째 에포크에서 중단되었습니다. 에포크 {graded}의 가중치로 채점했습니다.',
  'The loss was not a finite number at step {step} of epoch {next}, with {rate}. A lower learning rate, clipnorm, or another activation in the last layer often helps. The weights of epoch {graded} were graded.':
    '에포크 {next}의 {step}번째 스텝에서 손실이 유한한 수가 아니게 되었습니다({rate}). 학습률을 낮추거나, clipnorm을 쓰거나, 마지막 층의 활성화 함수를 바꾸면 대개 나아집니다. 에포크 {graded}의 가중치로 채점했습니다.',
  'the learning rate {rate}': '학습률 {rate}',
  'Training ran op by op, which is slower than as one graph: {reason}.':
    '학습을 하나의 그래프가 아니라 연산 하나하나로 실행하여 더 느렸습니다: {reason}.',
  'The model takes inputs of shape {shape}: the inputs of {id}, {usual}, are given to it in that form.':
    '모델의 입력 모양이 {shape}이므로, {id} 문제의 입력(모양 {usual})을 그 모양으로 바꾸어 넣었습니다.',
  'The model gives outputs of shape {shape}: {description}.':
    '모델의 출력 모양은 {shape}입니다: {description}.',
  'Word ids below {count} are given to the model; other words are 1, <OOV>.':
    '{count}보다 작은 단어 번호를 모델에 넣었습니다. 다른 단어는 1(<OOV>)입니다.',
  "The model's Embedding has {size} entries: word ids below {count} are given to it; other words are 1, <OOV>.":
    '모델의 Embedding 크기는 {size}입니다. {count}보다 작은 단어 번호를 넣었으며, 다른 단어는 1(<OOV>)입니다.',
  'The loss in the file takes logits, so the outputs are logits: they become probabilities before they are scored.':
    '파일의 손실 함수가 로짓을 받으므로 출력을 로짓으로 보고, 확률로 바꾼 뒤 채점했습니다.',
  'The file has no loss and the last layer no activation, so the outputs are taken as logits: they become probabilities before they are scored.':
    '파일에 손실 함수가 없고 마지막 층에 활성화 함수가 없어 출력을 로짓으로 보고, 확률로 바꾼 뒤 채점했습니다.',
  'The file has no weights: its architecture is trained anew by {recipe}.':
    '파일에 가중치가 없어, 그 구조를 {recipe} 레시피로 새로 학습했습니다.',
  'The weights of the file are left out: its architecture is trained anew by {recipe}.':
    '파일의 가중치는 쓰지 않고, 그 구조를 {recipe} 레시피로 새로 학습했습니다.',
  'vocabulary is ignored: {id} has no text.':
    'vocabulary는 쓰이지 않습니다. {id} 문제에는 텍스트가 없습니다.',
  'compile.metrics has {name}, which counts right classes; the target of {id} is a number, so it says nothing.':
    'compile.metrics의 {name} 지표는 맞힌 클래스를 셉니다. {id} 문제의 정답은 수이므로 아무것도 알려 주지 않습니다.',
  'The batch size {size} of the input shape is ignored: fit.batch_size counts.':
    '입력 모양의 배치 크기 {size} 대신 fit.batch_size를 따릅니다.',
  'The dtype {dtype} is ignored: models are trained in float32.':
    'dtype {dtype} 대신 float32로 학습합니다.',
  'Other learning rates were not tried: {reason}': '다른 학습률은 시도하지 못했습니다: {reason}',
  'There is no explanation: {reason}.': '모델이 무엇을 보았는지 알아내지 못했습니다: {reason}.',
};

const findings: FindingWords = {
  'one-softmax-unit': ({ activation, value, isClassification }) => [
    `출력이 하나인 층에 ${withJosa(activation, '을/를')} 쓰면 출력이 늘 ${value}이므로 예측도 늘 같습니다. 기울기가 0이어서 아무것도 학습되지 않습니다.`,
    isClassification
      ? "activation: 'sigmoid'로 바꾸거나, 출력을 두 개로 늘리고 sparseCategoricalCrossentropy를 쓰세요."
      : '활성화 함수를 빼세요.',
  ],
  'loss-against-targets': ({ problem, loss, outputs, mismatch }) => {
    const its = withJosa(loss, '은/는');
    const ofClasses = '출력층에 softmax를 두고 sparseCategoricalCrossentropy를 쓰세요.';
    switch (mismatch) {
      case 'loss-of-numbers':
        return [
          `${its} 수치를 예측할 때 쓰는 손실 함수인데, ${problem} 문제의 정답은 클래스입니다.`,
          outputs === 1 ? '출력층에 sigmoid를 두고 binaryCrossentropy를 쓰세요.' : ofClasses,
        ];
      case 'one-output':
        return [
          `${its} 클래스마다 출력이 하나씩 있어야 하는데, 모델의 출력이 하나뿐이어서 손실이 늘 0입니다. 아무것도 학습되지 않습니다.`,
          '출력층에 sigmoid를 두고 binaryCrossentropy를 쓰거나, 출력을 두 개로 늘리고 softmax를 쓰세요.',
        ];
      case 'yes-or-no':
        return [
          `binaryCrossentropy는 출력마다 따로 예/아니요를 판단하는 손실 함수인데, ${problem} 문제의 정답은 ${outputs}개 클래스 가운데 하나입니다.`,
          ofClasses,
        ];
      case 'one-hot':
        return [
          `${problem} 문제의 정답은 0부터 ${outputs - 1}까지의 클래스 번호인데, ${its} 원-핫 벡터를 받습니다. 채점기는 번호를 원-핫 벡터로 바꾸어 주지만 Keras에서는 오류가 납니다.`,
          'sparseCategoricalCrossentropy를 쓰세요.',
        ];
    }
  },
  'activated-logits': ({ activation, loss, applied }) => [
    `마지막 층에 이미 ${withJosa(activation, '이/가')} 있는데, fromLogits: true로 설정한 ${withJosa(loss, '이/가')} 그 출력에 ${withJosa(applied, '을/를')} 또 적용합니다.`,
    '둘 중 하나를 빼세요.',
  ],
  'logits-as-probabilities': ({ loss, wanted }) => [
    `${withJosa(loss, '은/는')} 확률을 받는데, 마지막 층에 활성화 함수가 없어 확률이 아닌 값(로짓)이 나옵니다.`,
    `마지막 층에 activation: '${wanted}'를 지정하거나 losses.${loss}({ fromLogits: true })를 쓰세요.`,
  ],
  'activation-against-loss': ({ activation, loss, outputs, wanted, mismatch }) => {
    switch (mismatch) {
      case 'cuts-logits':
        return [
          `fromLogits: true로 설정한 ${withJosa(loss, '은/는')} 범위에 제한이 없는 값(로짓)을 받는데, 마지막 층의 ${activation} 때문에 나올 수 없는 값이 있습니다.`,
          '마지막 층의 활성화 함수를 빼세요.',
        ];
      case 'each-by-itself':
        return [
          `${withJosa(loss, '은/는')} 합이 1인 ${outputs}개 클래스의 확률을 받는데, ${withJosa(activation, '은/는')} 출력을 하나씩 따로 처리합니다.`,
          `activation: '${wanted}'를 쓰세요.`,
        ];
      case 'no-probabilities':
        return [
          `${withJosa(loss, '은/는')} 확률을 받는데, 마지막 층의 ${activation}에서는 확률이 나오지 않습니다.`,
          `activation: '${wanted}'를 쓰세요.`,
        ];
    }
  },
  'limited-output': ({ problem, activation, lowest, highest, isFlatBelowZero }) => {
    const its = `마지막 층의 ${withJosa(activation, '은/는')}`;
    const range = highest === null ? `${lowest}보다 큰` : `${lowest}부터 ${highest}까지의`;
    return [
      isFlatBelowZero
        ? `${its} 0보다 작은 값을 내지 못하고 그 구간에서는 기울기도 0입니다. 출력이 0보다 작은 데서 시작한 모델은 아무것도 학습하지 못합니다.`
        : `${its} ${range} 값만 내는데, ${problem} 문제의 정답은 스케일링되어 있지 않습니다.`,
      '마지막 층의 활성화 함수를 빼세요.',
    ];
  },
  'linear-layers': ({ first, second }) => [
    `${first} 층과 ${second} 층 사이에 활성화 함수가 없어, 두 층을 합쳐도 선형 층 하나와 다를 바 없습니다.`,
    `${first} 층에 activation: 'relu'를 지정하세요.`,
  ],
  'look-ahead': ({ layer, steps }) => [
    `이 모델은 ${steps === null ? '모든' : `${steps}개의 모든`} 시점에서 다음 값을 예측하는데, ${layer} 층은 전체 시점을 한꺼번에 봅니다. 마지막을 뺀 각 시점의 정답은 바로 다음 시점의 입력이므로 모델에 정답을 알려 주는 셈입니다(데이터 누수). 따라서 훈련과 검증의 손실과 지표로는, 마지막 시점만 채점하는 홀드아웃 데이터의 성능을 알 수 없습니다.`,
    "과거만 보는 층(lstm, gru, padding: 'causal'인 conv1d)을 쓰거나, returnSequences: false로 마지막 시점만 출력하세요.",
  ],
  'sees-later-steps': ({ steps, moved }) => [
    `뒤 시점의 입력만 바꾸었는데도 처음 ${steps}개 시점의 출력이 표준 편차의 최대 ${n(moved, 2)}배까지 달라졌습니다. 예측해야 할 값을 모델이 미리 보고 있습니다. 마지막을 뺀 시점들의 손실과 지표로는 채점될 성능을 알 수 없습니다.`,
    "과거만 보는 층(lstm, gru, padding: 'causal'인 conv1d)을 쓰거나, returnSequences: false로 마지막 시점만 출력하세요.",
  ],
  'exact-rows-only': ({ rows, changed }) => [
    `홀드아웃 데이터 ${rows}개에 표준 편차의 1000분의 1에 해당하는 잡음을 더했더니 ${changed}개의 답이 바뀌었습니다. 제대로 학습한 모델의 답은 이 정도로 바뀌지 않습니다. 가중치가 홀드아웃 데이터 자체를 외우고 있거나, 가중치가 너무 커서 답이 우연에 가깝습니다.`,
    '훈련 세트만으로 학습하세요. 외워서 얻은 점수는 새로운 데이터에서 아무 의미가 없습니다.',
  ],
  'shared-rows': ({ rows, exact, near }) => [
    `홀드아웃 데이터 ${rows}개 가운데 ${exact}개는 훈련 세트나 검증 세트에 똑같이 들어 있고, ${near}개는 거의 같은 데이터가 있습니다. 모델이 정답을 외웠을 수 있습니다.`,
    '문제를 관리하는 사람이 이 데이터를 한쪽에서 빼야 합니다.',
  ],
  'rescaled-twice': ({ layer, scale }) => [
    `이미지는 이미 0~1의 값으로 들어오는데, ${layer} 층이 ${withJosa(n(scale), '을/를')} 한 번 더 곱합니다. 이미지가 거의 검은색이 됩니다.`,
    `${layer} 층을 빼세요.`,
  ],

  'another-reading': (figures) => {
    const { setting, advice } = readings[figures.reading](figures);
    const { metric, value, other } = figures;
    return [
      `${setting} 검증 세트의 ${withJosa(metricName(metric), '은/는')} ${n(other, 3)}입니다. 문제에서 주는 입력 그대로는 ${n(value, 3)}입니다.`,
      advice,
    ];
  },
  'mean-of-the-window': ({ next, mean }) => [
    `예측값이 다음 달의 값(검증 세트의 평균 절대 오차 ${n(next, 3)})보다 윈도 안의 정답 30개의 평균(${n(mean, 3)})에 더 가깝습니다. Keras는 모양이 [batch, 1]인 출력을 [batch, 30, 1]인 정답 30개와 하나하나 비교하면서도 아무런 경고를 하지 않습니다.`,
    '마지막 순환층에 `return_sequences=True`를 지정하거나, 마지막 정답으로만 학습하세요.',
  ],

  'not-finite': ({ epoch, rate }) => [
    `에포크 ${epoch}에서 손실이 NaN이나 무한대가 되었습니다. 가중치나 기울기가 float32로 나타낼 수 없을 만큼 커진 것입니다.`,
    `학습률을 ${rateOf(rate)}보다 낮게(예: ${rateOf(rate / 10)}) 잡거나, clipnorm: 1로 기울기를 제한하세요(그레이디언트 클리핑).`,
  ],
  'unscaled-inputs': ({ kind, mean, deviation, largest }) => [
    `가중치가 있는 첫 층에 들어오는 ${{ pixels: '픽셀값이', features: '특성값이', series: '시계열 값이' }[kind]} 최대 ${n(largest)}, 평균 ${n(mean)}, 표준편차 ${n(deviation)}입니다. 입력은 0 부근에 있고 표준편차가 1 정도일 때 가장 잘 학습됩니다.`,
    kind === 'pixels'
      ? '값을 키우는 층을 빼거나 layers.rescaling({ scale: 1 / 255 })로 255로 나누세요. 픽셀은 0~1이면 충분합니다.'
      : '값을 키우는 층을 빼거나, 맨 앞에 layers.batchNormalization()을 두세요.',
  ],
  'unscaled-targets': ({ mean, deviation, layer }) => [
    `가중치가 있는 마지막 층이 평균 ${n(mean)}, 표준편차 ${n(deviation)}의 값을 내야 합니다${layer === null ? '' : ` (${layer} 층이 뒤에서 다시 줄입니다)`}. 가중치는 한 스텝에 학습률만큼만 움직이므로 0에서 너무 먼 값입니다.`,
    layer === null
      ? `layers.rescaling({ scale: ${n(deviation, 2)}, offset: ${n(mean, 2)} })을 맨 끝에 두어, 그 앞 층이 0 부근의 값을 내게 하세요.`
      : `${layer} 층을 빼세요.`,
  ],
  'exploding-gradients': ({ first, largest, epoch, rate }) => [
    `기울기가 폭발했습니다. 학습률 ${rateOf(rate)}에서 기울기의 노름이 첫 에포크의 ${n(first)}에서 에포크 ${epoch}의 ${largest === null ? 'float32로 나타낼 수 없는 값' : n(largest)}까지 커졌습니다.`,
    `옵티마이저에 clipnorm: 1을 주거나 학습률을 ${withJosa(rateOf(rate / 10), '으로/로')} 낮추세요. 층이나 시점이 많다면 tanh, LSTM, layers.batchNormalization()이 값이 커지는 것을 막습니다.`,
  ],
  'dead-units': ({ layer, dead, units, rows }) => [
    `${layer} 층의 유닛 ${units}개 가운데 ${dead}개가 죽었습니다. 살펴본 훈련 데이터 ${rows}개 모두에서 출력이 0이고, relu는 0 아래에서 기울기가 없으므로 다시 살아나지 못합니다.`,
    "학습률을 낮추고 kernelInitializer: 'heNormal'을 쓰며 편향을 큰 음수로 두지 마세요. 또는 죽지 않는 활성화 함수인 'elu'나 layers.leakyReLU()를 쓰세요.",
  ],
  'learning-rate-too-high': ({ rate, epochs, rises, first, last, blank }) => [
    last > first
      ? `학습률 ${rateOf(rate)}에서 ${epochs}에포크 동안 훈련 손실이 ${n(first)}에서 ${withJosa(n(last), '으로/로')} 커졌습니다.`
      : rises > 0
        ? `학습률 ${rateOf(rate)}에서 ${epochs}에포크 가운데 ${rises}번 훈련 손실이 10% 이상 뛰어올랐습니다.`
        : `훈련 손실이 첫 에포크에 ${n(first)}, 마지막 에포크에 ${n(last)}입니다. 아무것도 학습하지 않은 모델의 손실은 ${n(blank ?? NaN)}입니다. 학습률 ${rateOf(rate)}에서 처음 몇 스텝 만에 가중치가 너무 멀리 벗어났습니다.`,
    `학습률을 ${withJosa(rateOf(rate / 10), '으로/로')} 낮추어 보세요.`,
  ],
  'learning-rate-too-low': ({ rate, epochs, first, last }) => [
    `훈련 손실이 ${epochs}에포크 동안 ${n(first)}에서 ${withJosa(n(last), '으로/로')}, 매번 조금씩 직선에 가깝게 줄었습니다. 학습률 ${rateOf(rate)}에서 모델은 아직 학습의 초반에 머물러 있습니다.`,
    `학습률을 ${withJosa(rateOf(rate * 10), '으로/로')} 높여 보세요.`,
  ],
  'learns-nothing': ({ epochs, loss }) => [
    `${epochs}에포크 내내 훈련 손실이 ${n(loss)}에 머물렀습니다. 기울기가 가중치까지 전달되지 않습니다. 모든 데이터에서 입력이 0보다 작은 relu 유닛이나 동결된 층이 원인일 수 있습니다.`,
    "학습률을 낮추거나 kernelInitializer: 'heNormal' 또는 layers.leakyReLU를 써 보고, 어떤 층이 학습 가능한지 확인하세요.",
  ],
  'not-converged': ({ curve, isShare, epochs, fall, window, stoppedBy }) => [
    `${stoppedBy === 'epochs' ? `${epochs}에포크가 끝났을` : '제한 시간이 다 되었을'} 때에도 모델은 계속 나아지고 있었습니다. 마지막 ${window}에포크 동안 ${isShare ? `오차(1 − ${curve})가` : withJosa(curve, '이/가')} 에포크마다 ${percent(fall)}씩 줄었습니다.`,
    stoppedBy === 'epochs'
      ? `callbacks.keepBest와 함께 더 오래, 예를 들어 ${2 * epochs}에포크 동안 학습하세요.`
      : '같은 시간에 더 많이 학습하도록 배치를 키우거나, 모델을 줄이거나, 학습률을 높이세요.',
  ],
  'stopped-too-early': ({ curve, epochs, asked, stoppedBy, fall }) => [
    `${stoppedBy === 'early-stopping' ? '조기 종료로' : 'stopWhen 조건으로'} ${asked}에포크 중 ${epochs}에포크 만에 학습이 끝났습니다. 그때까지도 훈련 손실은 에포크마다 ${percent(fall)}씩 줄고 있었고, ${curve}도 가장 좋은 수준이었습니다.`,
    stoppedBy === 'early-stopping'
      ? 'earlyStopping의 patience를 늘리세요.'
      : 'stopWhen의 조건을 더 까다롭게 하거나 earlyStopping을 쓰세요.',
  ],
  'over-fitting': ({ curve, best, bestValue, kept, keptValue, epochs }) => [
    `과대적합입니다. ${withJosa(curve, '은/는')} ${epochs}에포크 가운데 에포크 ${best}에서 ${withJosa(n(bestValue), '으로/로')} 가장 좋았고, 그 뒤로는 모델이 훈련 세트를 외우면서 나빠졌습니다. 채점에 쓰인 에포크 ${kept}에서는 ${n(keptValue)}입니다.`,
    `callbacks.keepBest({ monitor: '${curve}' })를 썼다면 에포크 ${best}의 가중치로 채점되었을 것입니다. 드롭아웃, 더 작은 모델, 더 많은 데이터(데이터 증강)로 과대적합을 늦출 수 있습니다.`,
  ],
  'epoch-kept': ({ curve, best, bestValue, kept, keptValue, epochs }) => [
    `채점에 쓰인 에포크가 가장 좋은 에포크가 아닙니다. ${withJosa(curve, '은/는')} ${epochs}에포크 가운데 에포크 ${best}에서 ${n(bestValue)}, 채점에 쓰인 에포크 ${kept}에서 ${n(keptValue)}입니다.`,
    `callbacks.keepBest({ monitor: '${curve}' })를 쓰면 가장 좋은 에포크의 가중치로 채점됩니다.`,
  ],
  'memorises-pictures': ({ training, heldOut, isAugmented }) => [
    `훈련 이미지는 ${percent(training)}를 맞혔지만 홀드아웃 이미지는 ${percent(heldOut)}를 맞혔습니다. 모델이 훈련 이미지를 외우고 있습니다.`,
    isAugmented
      ? '데이터 증강을 더 강하게 하거나, 드롭아웃을 넣거나, 모델을 줄이세요.'
      : '데이터 증강이나 드롭아웃을 쓰거나, 모델을 줄이세요.',
  ],
  'augmentation-too-weak': ({ training, heldOut }) => [
    `증강한 훈련 이미지의 정확도는 ${percent(training)}인데 홀드아웃 이미지의 정확도는 ${percent(heldOut)}입니다. 증강이 너무 약해서 모델이 훈련 이미지를 그대로 외웠습니다.`,
    'rotationRange: 15, widthShiftRange와 heightShiftRange: 0.1처럼 증강 범위를 넓히고, 클래스가 바뀌지 않는다면 좌우로도 뒤집으세요.',
  ],
  'augmentation-too-strong': ({ training, validation }) => [
    `증강한 훈련 이미지는 ${percent(training)}, 바꾸지 않은 검증 이미지는 ${percent(validation)}를 맞혔습니다. 모델은 주로 증강으로 생긴 변화를 배우고 있습니다.`,
    '증강의 범위를 줄이거나 더 오래 학습하세요.',
  ],

  'one-answer': ({ answer, metric, value, constant }) => [
    `모든 홀드아웃 데이터에 똑같이 ${withJosa(`"${answer}"`, '이라/라')}고 답했습니다. 모델이 아무것도 구별하지 못합니다. ${withJosa(metricName(metric), '은/는')} ${n(value)}이며, 늘 같은 답을 낼 때 얻을 수 있는 가장 좋은 값은 ${n(constant)}입니다.`,
    '마지막 층, 손실 함수, 학습률을 확인하세요.',
  ],
  'below-constant': ({ metric, value, constant }) => [
    `${withJosa(metricName(metric), '이/가')} ${n(value)}인데, 모든 데이터에 같은 답을 내기만 해도 ${n(constant)}입니다.`,
    '먼저 입력과 정답의 스케일과 순서가 문제 설명과 같은지 확인하고, 그다음 손실 함수와 학습률을 확인하세요.',
  ],
  'validation-too-good': ({ metric, validation, heldOut }) => [
    `${withJosa(metricName(metric), '이/가')} 검증 세트에서는 ${n(validation)}, 홀드아웃 데이터에서는 ${withJosa(n(heldOut), '으로/로')} 차이가 큽니다. 검증 세트가 채점될 성능을 제대로 보여 주지 못합니다.`,
    '훈련 세트의 데이터가 검증 세트에도 들어 있지 않은지, 앞 시점을 미리 보는 층은 없는지, 검증 세트가 너무 작지 않은지 확인하세요.',
  ],
  'validation-too-small': (figures) => {
    const { rows, isSplit, ...why } = figures;
    return [
      why.kind === 'class'
        ? `검증 데이터 ${count(rows)}개로 에포크를 골랐는데, 그중 "${why.name}" 클래스는 ${why.ofClass === 0 ? '하나도 없습니다' : `${why.ofClass}개뿐입니다`}. 모델이 이 클래스를 찾아내는지는 에포크 선택에 반영되지 않았습니다.`
        : `검증 데이터 ${count(rows)}개로 에포크를 골랐습니다. 데이터가 이렇게 적으면 ${why.curve}의 표준 오차가 ${n(why.standardError, 2)}인데, 선택된 에포크는 다른 에포크보다 ${n(Math.max(0, why.difference), 2)}만 더 좋습니다. 우연히 고른 것과 다르지 않습니다.`,
      isSplit
        ? 'validationSplit을 빼서 문제의 검증 세트로 판단하게 하거나, 비율을 높이세요. validationSplit은 데이터를 섞지 않고 순서상 마지막 부분을 떼어 냅니다.'
        : '이 정도로 적은 데이터로는 에포크를 고를 수 없습니다. 적절하다고 알려진 에포크 수만큼 학습하거나 여러 시드의 결과를 비교하세요.',
    ];
  },
  'shift-by-segment': (figures) => {
    if (figures.kind === 'class') {
      const { name, rows, error, otherError, validation } = figures;
      return [
        `"${name}" 클래스의 홀드아웃 데이터 ${count(rows)}개 가운데 ${percent(error)}가 오답인데, 다른 클래스는 ${percent(otherError)}만 오답입니다. 검증 세트에서 이 클래스의 오답은 ${validation === 0 ? '하나도 없었습니다' : `많아야 ${percent(validation)}였습니다`}. 홀드아웃 세트의 이 클래스 데이터는 학습한 데이터와 성격이 다릅니다.`,
        '홀드아웃 예시 목록에서 이 클래스를 살펴보고, 데이터 증강이나 드롭아웃을 쓰거나 모델을 줄여 새로운 데이터에도 통하도록 학습하세요.',
      ];
    }
    const { name, side, range, rows, error, otherError, isSplit, isShare } = figures;
    const value = isShare ? percent : n;
    return [
      `홀드아웃 데이터 ${count(rows)}개는 특성 "${name}"의 값(${n(range[0])}~${n(range[1])})이 모든 훈련 데이터보다 ${side === 'above' ? '큽니다' : '작습니다'}. 이 데이터의 ${isShare ? '오답 비율' : '평균 절대 오차'}는 ${value(error)}이고, 나머지 데이터에서는 ${value(otherError)}입니다.`,
      isSplit
        ? 'validationSplit은 데이터를 섞지 않고 순서상 마지막 부분을 떼어 내는데, 이런 데이터가 거기에 들어 있습니다. validationSplit을 빼면 모델이 이 데이터도 학습합니다.'
        : '훈련 데이터의 범위를 벗어난 값은 어떤 모델도 알 수 없습니다. 범위 밖에서도 완만하게 이어지도록 층을 줄이거나 규제를 강하게 하고, 이 특성을 빼는 것도 고려하세요.',
    ];
  },
  'class-imbalance': ({ name, share, recall, others, isByWeight }) => [
    `"${name}" 클래스가 훈련 손실에서 차지하는 비중은 ${percent(share)}이고, 홀드아웃 데이터에서 재현율은 ${percent(recall)}입니다. 다른 클래스의 재현율은 중앙값이 ${percent(others)}입니다.`,
    isByWeight
      ? `classWeight 때문에 비중이 작아졌습니다. "${name}" 클래스의 가중치를 높이세요.`
      : 'classWeight로 이 클래스의 비중을 높이세요.',
  ],
  'wrong-tokenizer': ({ kind, vocabulary, size, unknown, neverKnown }) => [
    kind === 'idle-rows' && size !== null
      ? `Embedding에는 단어 ${count(size)}개의 자리가 있지만 어휘 크기(vocabulary)는 ${count(vocabulary)}입니다. 그보다 큰 단어 번호는 모두 모르는 단어로 바뀌며, 홀드아웃 데이터의 단어 가운데 ${percent(unknown)}가 그렇습니다. Embedding의 ${count(size - vocabulary)}개 자리는 전혀 쓰이지 않습니다.`
      : `어휘 크기(vocabulary)가 ${count(vocabulary)}입니다. 홀드아웃 데이터의 단어 가운데 ${percent(unknown)}를 모델이 모르며, 모르는 단어는 모두 같은 단어로 취급됩니다. 토크나이저 자체가 모르는 단어는 ${percent(neverKnown)}뿐입니다.`,
    kind === 'idle-rows' && size !== null
      ? `문제가 허용하는 범위에서 레시피에 ${withJosa(`vocabulary: ${size}`, '을/를')} 쓰거나 inputDim을 줄이세요.`
      : 'vocabulary를 키우고, Embedding의 inputDim도 같은 수로 맞추세요.',
  ],
  'class-ignored': ({ name, recall, rows, takenFor, taken }) => [
    `"${name}" 클래스는 데이터 ${rows}개 가운데 ${percent(recall)}만 찾아내, 재현율이 다른 클래스보다 훨씬 낮습니다. ${taken}개는 "${takenFor}" 클래스로 잘못 예측했습니다.`,
    `${withJosa(`"${name}"`, '와/과')} ${withJosa(`"${takenFor}"`, '을/를')} 구별하는 특징을 살펴보거나, classWeight로 비중을 높이거나, 더 오래 학습하세요.`,
  ],
  'towards-the-mean': ({ predicted, actual }) => [
    `예측값이 평균 근처에 몰려 있습니다. 표준 편차가 예측값은 ${n(predicted)}, 실제 값은 ${n(actual)}입니다.`,
    '더 오래 학습하거나 모델을 키우고, 입력이 스케일링되었는지 확인하세요.',
  ],
  'off-by-a-constant': ({ metric, offset, value, without }) => [
    `예측값이 평균적으로 ${n(Math.abs(offset))}만큼 ${offset > 0 ? '높습니다' : '낮습니다'}. 이 치우침이 없다면 ${withJosa(metricName(metric), '은/는')} ${n(value)} 대신 ${n(without)}일 것입니다.`,
    '정답을 옮기거나 스케일링하지 않았는지, 마지막 층의 편향(bias)이 어떤지 확인하고, 더 오래 학습하세요.',
  ],
  'repeats-the-last-value': ({ toLast, toNext }) => [
    `예측값이 다음 값을 내다보지 못하고 마지막으로 주어진 값을 되풀이합니다. 마지막 값과의 차이는 평균 ${n(toLast, 3)}, 예측해야 할 값과의 차이는 평균 ${n(toNext, 3)}입니다.`,
    '모델이 마지막 시점만 보지 않도록, 윈도 전체를 보는 conv1d나 순환층을 두고 더 오래 학습하세요.',
  ],
};

export const korean: Words = {
  tag: 'ko',
  notes,

  page: {
    kicker: (category) => `채점 보고서 · 영역 ${category}`,
    sample: '연습용 데이터',
    sampleMeaning:
      '실제 데이터 세트가 아니라 생성된 데이터로 실행한 결과입니다. 모든 과정이 동작하는지 확인할 수 있을 뿐, 성적이 아닙니다.',
    notes: '참고 사항',
    everything: { before: '이 페이지의 모든 내용은', after: '에도 들어 있습니다.' },
  },

  verdict: {
    titles: verdictTitles,
    cutShort: '중단됨: 이 점수는 인정되지 않습니다',
    blames: {
      usage: '명령이 잘못되었습니다. 제출물은 평가하지 않았습니다.',
      candidate: '제출물에 잘못이 있습니다.',
      limit: '제출물이 허용된 한도를 넘습니다.',
      package: '문제 패키지에 잘못이 있습니다. 제출물은 평가하지 않았습니다.',
      machine: '이 컴퓨터에 문제가 있습니다. 제출물은 평가하지 않았습니다.',
      grader: '채점기에 잘못이 있습니다. 제출물은 평가하지 않았습니다.',
      interrupted: '누구의 잘못도 아닙니다. 실행이 중단되어 제출물을 평가하지 않았습니다.',
    },
    score: '점수:',
    whatHappened: '무슨 일이 있었나',
    whatWentWrong: '무엇이 잘못되었나',
    code: '오류 코드',
    profile: (profile, passMark) => `${profile} 기준 · 합격선 5점 만점에 ${passMark}점`,
  },

  verdictInTable: (verdict) => verdictTitles[verdict],
  metricName,
  reading: (reading) => {
    const columns = /\d+/.exec(reading)?.[0] ?? '';
    if (reading.startsWith('argmax')) return `출력 ${columns}개 가운데 값이 가장 큰 것(argmax)`;
    if (reading.startsWith('last')) return `${columns}단계 가운데 마지막 단계`;
    if (reading.startsWith('class 1')) return '단일 출력이 0.5보다 크면 클래스 1';
    return reading === 'the single output' ? '단일 출력값 그대로' : reading;
  },

  metric: {
    title: '결과와 점수 기준',
    lead: (name, { unit, rows, low, high }) => ({
      before: `홀드아웃(평가) 데이터 ${rows}개에 대한 ${withJosa(name, '은/는')}`,
      after: `${unit === '' ? '' : ` ${unit}`}입니다(95% 신뢰 구간 ${low}~${high}).`,
    }),
    worse: '← 나쁨',
    better: '좋음 →',
    scale: (baseline) =>
      `구간은 모두 같은 너비로 그렸고, 한 구간 안에서는 값에 비례합니다. 점은 이번 결과, 가로 막대는 성격이 같은 다른 홀드아웃 데이터로 평가했을 때의 95% 신뢰 구간, 점선은 늘 같은 값으로 예측했을 때의 결과(${baseline})입니다.`,
    caption: (value, better) => `${value}, ${better === 'lower' ? '낮을수록' : '높을수록'} 좋음`,
    points: '점수',
    bar: '기준',
    reached: '도달',
    distance: '차이',
    certainty: '확실성',
    passMark: '합격선',
    yes: '예',
    no: '아니요',
    toSpare: (distance) => `${distance} 여유`,
    short: (distance) => `${distance} 부족`,
    certaintyMeaning:
      '확실성: 성격이 같은 다른 홀드아웃 데이터로 평가했을 때 이 기준에 도달할 확률입니다(부트스트랩으로 추정).',
    outputReadAs: '출력을 읽은 방식:',
    baseline: (baseline) => `상수 기준선 ${baseline}: 늘 같은 답을 내는 모델의 결과입니다.`,
    barsFrom: '점수 기준의 근거:',
    spoken: ({ name, value, points, baseline }) =>
      `0점부터 5점까지의 눈금. ${name} ${withJosa(value, '은/는')} ${points}점 구간에 있으며, 상수 기준선은 ${baseline}입니다.`,
    next: ({ points, relation, bar, gap, errors }) =>
      `${points}점의 기준은 ${bar} ${relations[relation]}입니다. 기준까지 ${gap} 남았${errors === null ? '습니다' : `으며, 이는 표준 오차의 ${errors}배입니다`}.`,
    closeCall: (near) =>
      `점수가 경계에 있습니다. 성격이 같은 다른 홀드아웃 데이터로 평가하면 ${near
        .map(
          ({ points, share }) =>
            `${points === 5 ? '5점' : `${points}점 이상`}을 받을 확률은 ${share}`,
        )
        .join(', ')}입니다.`,
  },

  gap: {
    moreRight: (needed, rows) => `${count(rows)}개 가운데 ${count(needed)}개를 더 맞혀야 합니다.`,
    worstConfusion: ({ times, actual, predicted, share }) =>
      `가장 잦은 오류는 "${actual}" 클래스를 "${predicted}" 클래스로 잘못 예측한 ${times}건이며, 필요한 수의 ${share}에 해당합니다.`,
    someOfConfusion: ({ times, actual, predicted, share }) =>
      `"${actual}" 클래스를 "${predicted}" 클래스로 잘못 예측한 것이 ${times}건인데, 그중 ${share}만 바로잡아도 됩니다.`,
    range: (lowest, highest) => {
      if (lowest === null) return `실제 값이 ${highest ?? ''} 이하인 부분`;
      if (highest === null) return `실제 값이 ${lowest} 이상인 부분`;
      return `실제 값이 ${lowest}~${highest}인 부분`;
    },
    worstRange: ({ rows, range, error, metric, value, points }) =>
      `${range}(전체의 ${rows})이 오차의 ${error}를 차지합니다. 이 부분도 나머지만큼 예측했다면 ${withJosa(metric, '은/는')} ${value}, 점수는 ${points}점이었을 것입니다.`,
  },

  changes: {
    layer: (place) => `${place}번째 층`,
    title: '레시피에서 달라진 점',
    added: '추가',
    removed: '삭제',
  },

  since: {
    title: '지난번과 비교',
    label: '비교',
    then: ({ date, points, metric, value }) =>
      `지난 제출(${date}): ${points}점, ${metric} ${value}.`,
    difference: ({ value, low, high, rows, trend, share }) =>
      `차이는 ${value}입니다(95% 신뢰 구간 ${low}~${high}). 같은 홀드아웃 데이터 ${rows}개에 대한 두 모델의 답을 견주어 보면, ${
        {
          better: '우연이라고 보기 어려울 만큼 좋아졌습니다',
          worse: '우연이라고 보기 어려울 만큼 나빠졌습니다',
          unsure: `우연일 수 있는 차이입니다(다시 뽑은 표본의 ${share}에서 더 좋음)`,
        }[trend]
      }.`,
    equal: (rows) => `두 모델은 ${rows}개 데이터 모두에서 같은 결과를 냈습니다.`,
    notPaired:
      '홀드아웃 데이터가 다르거나 지난번 예측이 남아 있지 않아서, 데이터별로 견주지 못했습니다.',
    seed: '시드',
    more: (changes) => `그 밖에 ${count(changes)}가지가 더 달라졌습니다(report.json 참고).`,
    nothing: '레시피와 시드가 지난번과 같습니다.',
    unknown: '견줄 레시피나 모델이 양쪽에 다 있지는 않습니다.',
    meaning:
      '여기서 우연이란 홀드아웃 데이터를 뽑을 때의 우연을 말합니다. 시드가 달라도 결과는 움직이며, 얼마나 움직이는지는 여러 시드로 학습해 보아야 알 수 있습니다.',
  },

  classPage: {
    file: '학급:',
    kicker: '학급',
    title: '학급 채점 결과',
    overview: '요약',
    partial: (left, of) => `아직 일부입니다: 제출물 ${of}개 중 ${left}개를 채점하지 않았습니다.`,
    candidates: '응시자',
    submissions: '제출물',
    unjudged: '채점하지 못함',
    late: '늦은 제출',
    absent: '미제출',
    points: '문제별 점수',
    byPoints: (candidates, mean) =>
      `가장 좋은 제출의 점수별 응시자 수: ${candidates}명, 평균 ${mean}점`,
    distributionLabel: (problem, counts) =>
      `${problem}: ${counts.map((of, points) => `${points}점 ${count(of)}명`).join(', ')}`,
    hardest: (problem, mean) => `가장 어려운 문제: ${problem}, 평균 ${mean}점입니다.`,
    everybody: '응시자별 결과',
    tableCaption: '점수와 보고서, 가장 좋은 것부터',
    candidate: '응시자',
    lateMark: '늦음',
    absentMark: '미제출',
    notJudged: '채점하지 않은 것',
    commonFindings: '가장 흔한 문제점',
    ofSubmissions: (some, all) => `제출물 ${count(all)}개 가운데 ${count(some)}개:`,
    findingsExample: '수치는 그 가운데 하나의 것입니다.',
    lookAt: '살펴볼 것',
    noGuilt:
      '서로 닮은 제출물입니다. 어디를 볼지 알려 줄 뿐이고 베꼈다는 뜻은 아닙니다. 작은 모델이나 널리 알려진 레시피는 우연히 같을 수 있습니다.',
    alike: {
      'same-file': '한 바이트도 다르지 않은 파일:',
      'same-predictions': '파일은 다르지만 예측값으로 보아 가중치가 같음:',
      'same-recipe': '층의 이름만 빼고 같은 레시피:',
      'near-recipe': '이름, 시드, 에포크만 빼고 같은 레시피:',
    },
    ownTitle: '문제에 딸린 파일',
    own: {
      starter: (kind) => (kind === 'same-file' ? '시작 파일 그대로:' : '시작 파일의 레시피:'),
      solution: (kind) => (kind === 'same-file' ? '모범 답안 그대로:' : '모범 답안의 레시피:'),
    },
  },

  certificate: {
    titles: { 'practice-record': '연습 기록', certificate: '인증서' },
    meaning: {
      'practice-record':
        '연습 기록입니다. 감독이 없었거나 홀드아웃 데이터가 공개되어 있습니다. 무엇을 채점했는지 말해 줄 뿐, 누가 했는지는 보증하지 않습니다.',
      certificate: '감독 아래, 응시자가 알 수 없는 홀드아웃 데이터로 채점했습니다.',
    },
    passed: '합격',
    notPassed: '불합격',
    result: (total, passMark) => `100점 만점에 ${total}점, 합격선 ${passMark}점`,
    ...{ results: '결과', problem: '문제', points: '점수', metric: '지표 ± 표준 오차' },
    ...{ attempts: '제출 횟수', data: '홀드아웃 데이터', circumstances: '응시 조건' },
    secrecy: { public: '공개', 're-split': '비공개로 다시 나눔', private: '비공개' },
    identity: '신원',
    selfDeclared: '본인이 적은 대로',
    supervised: (by) => `감독자 ${by} 확인`,
    when: '응시',
    ended: { finished: '마침', 'time-over': '시간 종료', regraded: '나중에 다시 채점' },
    ...{ time: '제한 시간', none: '없음' },
    minutes: (minutes) => `${minutes}분`,
    rule: '제출',
    counts: { best: '가장 좋은 제출을 반영', last: '마지막 제출을 반영' },
    ...{ profile: '기준', grader: '채점기', isolation: '격리:' },
    clock: '시계',
    jumps: (jumps) => `${count(jumps)}번 바뀜`,
    ...{ key: '서명 키', closing: '마감 기록', examHash: '시험 파일' },
    verify: '확인 방법',
    how: '채점한 쪽의 공개 키로 아래 명령을 실행하면 네트워크 없이 파일의 모든 바이트를 확인합니다. 종이로 된 것은 QR 코드의 내용을 파일로 저장해서 같은 명령으로 확인하세요.',
    qrLabel: '서명된 결과를 담은 QR 코드',
  },

  comparison: {
    kicker: '두 결과 비교',
    pageTitle: (problem) => `${problem}: 두 결과 비교`,
    title: '결과',
    then: '첫째',
    now: '둘째',
    change: '차이',
    figures: '두 결과',
    figure: '항목',
    className: '클래스',
    folder: '결과 폴더',
    submission: '제출 파일',
    graded: '채점한 때',
    points: '점수',
    interval: '95% 구간',
    parameters: '파라미터 수',
    epochs: '채점한 에포크',
    epochsOf: (graded, all) => `${count(all)} 가운데 ${count(graded)}`,
    training: '학습 시간',
    seed: '시드',
    device: '장치',
    classes: '클래스별 재현율',
    sameRecipe: '두 레시피가 같습니다.',
    unpaired: {
      'not-scored': '둘 가운데 점수가 없는 것이 있어서 차이를 잴 수 없습니다.',
      'no-predictions':
        '한쪽의 예측값이 결과 폴더에 남아 있지 않아서 데이터별로 견주지 못했습니다.',
      'other-held-out':
        '문제의 홀드아웃 데이터나 평가 지표가 두 결과를 낼 때와 달라져서 데이터별로 견주지 못했습니다.',
    },
    byErrors: ({ value, low, high }) =>
      `차이는 ${value}입니다(95% 신뢰 구간 ${low}~${high}). 두 결과의 표준 오차로, 데이터에 공통점이 없다고 보고 셈한 값입니다.`,
  },

  findings: {
    title: '다음에 해 볼 일',
    origin: '레시피, 학습 과정, 예측을 규칙으로 살펴 찾은 내용이며, 점수에는 영향을 주지 않습니다.',
    of: findings,
  },

  training: {
    title: '학습',
    none: '끝까지 마친 에포크가 없습니다.',
    ended: {
      epochs: (epochs) => `레시피에서 정한 ${count(epochs)}에포크를 모두 학습했습니다.`,
      'early-stopping': (epochs) => `${count(epochs)}에포크 만에 조기 종료되었습니다.`,
      'stop-when': (epochs) =>
        `${count(epochs)}에포크 만에 레시피의 종료 조건(stopWhen)에 따라 끝났습니다.`,
      'time-limit': (epochs) => `제한 시간이 다 되어 ${count(epochs)}에포크에서 학습이 끝났습니다.`,
      interrupted: (epochs) => `${count(epochs)}에포크까지 학습한 뒤 중단되었습니다.`,
      'not-finite': (epochs) =>
        `손실이 NaN이나 무한대가 되어 ${count(epochs)}에포크에서 학습이 끝났습니다.`,
    },
    graded: (epoch) =>
      `${epoch === null ? '마지막 에포크' : `에포크 ${epoch}`}의 가중치로 채점했습니다.`,
    kept: (epoch) =>
      `${epoch === null ? '마지막 에포크' : `에포크 ${epoch}`}의 가중치를 남겼습니다.`,
    gradedLine: (epoch) => `채점한 에포크: ${epoch}`,
    keptLine: (epoch) => `남긴 에포크: ${epoch}`,
    bestLine: (epoch) => `검증 기준 최고: 에포크 ${epoch}`,
    epoch: '에포크',
    seconds: '초',
    learningRate: '학습률',
    rateOfTheEpoch: '그 에포크의 학습률',
    gradientNorm: '기울기의 노름',
    meanNorm: '스텝 평균',
    largestNorm: '최댓값',
    trainingPart: '훈련',
    validationPart: '검증',
    logarithmic: (title) => `${title}(로그 눈금)`,
    numbersByEpoch: '에포크별 수치',
    caption: '에포크별 손실과 지표',
    rowsLeftOut: (rows) => `나머지 ${count(rows)}에포크는 report.json에 있습니다.`,
    spokenChart: (title) => `에포크별 ${title}.`,
    spokenCurve: ({ name, first, last, lowest, highest, gaps }) =>
      `${name}: ${first}에서 시작해 ${withJosa(last, '으로/로')} 끝남, 최저 ${lowest}, 최고 ${highest}${gaps > 0 ? `. 유한한 값이 없는 에포크 ${count(gaps)}개` : ''}.`,
    spokenNothing: (name) => `${name}: 유한한 값이 없음.`,
  },

  classes: {
    title: '클래스',
    figures: { accuracy: '정확도', macroF1: '매크로 F1', rocAuc: 'ROC AUC' },
    rocAucOfMany: 'ROC AUC(일대다)',
    aClassIsMissing: '정의되지 않음(없는 클래스가 있음)',
    matrix: '혼동 행렬: 행은 실제 클래스, 열은 예측한 클래스이며, 개수와 그 행에서의 비율입니다',
    actual: '실제 ↓',
    takenFor: (actual, predicted) => `실제 ${actual} → 예측 ${predicted}`,
    confusions: '가장 잦은 오류',
    confused: (times, share, actual) => `${times}개, 실제 ${actual} 전체의 ${share}`,
    rows: (rows) => `, 홀드아웃 데이터 번호 ${rows}`,
    row: (row) => `홀드아웃 데이터 ${row}번`,
    each: '클래스별 성능',
    eachCaption: '클래스별 정밀도, 재현율, F1, 데이터 수',
    columns: {
      name: '클래스',
      precision: '정밀도',
      recall: '재현율',
      f1: 'F1',
      support: '데이터 수',
    },
  },

  predictions: {
    title: '예측',
    figures: { mae: 'MAE', rmse: 'RMSE', mse: 'MSE', r2: 'R²', huber: 'Huber(δ = 1)' },
    oneRow: '정의되지 않음(데이터가 하나뿐임)',
    thinned: (all, shown) =>
      `데이터 ${all}개 가운데 일정한 간격으로 고른 ${shown}개를 그렸습니다. 히스토그램은 전체를 셉니다.`,
    actual: '실제 값',
    predicted: '예측값',
    error: '예측값 − 실제 값',
    rows: '데이터 수',
    forecast: '시간에 따른 예측',
    forecastSpoken: ({ rows, first, last, actual, predicted }) =>
      `${first}부터 ${last}까지 ${rows}개 시점의 실제 값과 예측값. 실제 값은 ${actual[0]}에서 ${actual[1]} 사이, 예측값은 ${predicted[0]}에서 ${predicted[1]} 사이.`,
    scatter: '실제 값과 예측값',
    aRow: '홀드아웃 데이터 하나',
    diagonal: '예측값 = 실제 값',
    scatterSpoken: ({ rows, actual, predicted }) =>
      `홀드아웃 데이터 ${rows}개의 산점도. 실제 값은 ${actual[0]}에서 ${actual[1]} 사이, 예측값은 ${predicted[0]}에서 ${predicted[1]} 사이.`,
    residuals: '잔차',
    rowsByError: '오차(예측값 − 실제 값)별 데이터 수',
    residualsSpoken: ({ fullest, centre, tooLow, rows }) =>
      `예측값에서 실제 값을 뺀 오차의 히스토그램. ${centre} 부근에 ${fullest}개로 가장 많으며, 예측 ${rows}개 가운데 ${tooLow}개가 실제보다 낮음.`,
  },

  augmented: {
    title: '증강된 이미지',
    lead: '훈련 세트의 이미지를 원래대로, 그리고 모델이 실제로 받은 모습으로 보여 줍니다. 훈련에 쓰인 난수와는 다른 난수로 만들었습니다.',
    standardised:
      '모델이 받은 이미지는 표준화도 되었으므로 가장 어두운 값부터 가장 밝은 값까지 늘려 보여 줍니다.',
    columns: { row: '행', before: '원래 이미지', after: '증강된 이미지' },
    before: (row) => `훈련 세트 ${row}행의 원래 이미지`,
    after: (row, at) => `훈련 세트 ${row}행의 증강된 이미지 ${at}`,
  },

  model: {
    title: '모델',
    parameters: '파라미터',
    trainable: '학습 가능',
    frozen: '학습 불가',
    input: '입력',
    layers: '층',
    caption: '모델의 층',
    columns: {
      ...{ layer: '층', type: '종류', shape: '출력 형태', parameters: '파라미터' },
      from: '연결된 층',
    },
    layersLeftOut: (layers) => `나머지 ${count(layers)}개 층은 report.json에 있습니다.`,
    diagramTitle: '층과 그 연결',
    diagramLegend: '종류, 이름; 출력 형태, 파라미터 수',
    diagram: (layers, hasBranches) =>
      hasBranches
        ? `모델의 층 ${count(layers)}개와 그 연결을 그린 그림. 어느 층에 연결되었는지는 표에 있습니다.`
        : `모델의 층 ${count(layers)}개가 차례로 이어진 그림. 표에 모두 나와 있습니다.`,
    noDiagram: (layers) =>
      `이 모델은 층 ${count(layers)}개의 연결이 너무 많아 알아볼 수 있게 그릴 수 없으므로 그림이 없습니다.`,
    notPrinted: '그림이 인쇄하기에는 너무 커서 화면의 페이지에만 있습니다.',
  },

  modelFile: {
    title: '모델 파일',
    summary: (version, parameters) =>
      `제출한 그대로 채점했습니다(${version}, 파라미터 ${parameters}개). 추가로 학습하지 않았습니다.`,
    noVersion: 'Keras(버전 정보 없음)',
    savedBy: '저장한 프로그램',
    file: '파일',
    weights: '가중치',
    optimizer: '옵티마이저 상태(쓰지 않음)',
    none: '없음',
  },

  recipe: {
    title: '레시피',
    settings: {
      ...{ optimizer: '옵티마이저', loss: '손실 함수', metrics: '지표', epochs: '에포크' },
      ...{ batchSize: '배치 크기', stepsPerEpoch: '에포크당 스텝', validation: '검증 세트' },
      ...{ shuffle: '섞기', seed: '시드', classWeight: '클래스 가중치', callbacks: '콜백' },
      ...{ augmentation: '데이터 증강', vocabulary: '어휘 크기' },
    },
    none: '없음',
    everyEpoch: '에포크마다',
    no: '안 함',
    ownValidation: '문제에서 주는 검증 세트',
    lastOfTraining: (share) => `훈련 세트의 마지막 ${share}`,
    everyEpochs: (part, epochs) => `${part}, ${epochs}에포크마다`,
    wordIds: (ids) => `단어 번호 ${ids}개`,
    values: (values) => `(값 ${values}개)`,
    json: '레시피(JSON)',
    jsonCut: (shown, all) =>
      `전체 ${all}자 가운데 ${shown}자까지 보여 줍니다. 전체는 report.json에 있습니다.`,
  },

  run: {
    title: '데이터와 실행 환경',
    data: '데이터와 제출물',
    times: '시간',
    environment: '환경',
    facts: {
      ...{ dataset: '데이터 세트', variant: '변형', origin: '출처', sampleSeed: '생성 시드' },
      ...{ submission: '제출물', format: '형식', grader: '채점기', device: '장치' },
      ...{ threads: '스레드', execution: '학습 방식', platform: '플랫폼' },
      ...{ processor: '프로세서', isolation: '격리', seed: '시드' },
      ...{ started: '시작', finished: '종료', training: '학습', prediction: '예측' },
    },
    sample: '연습용으로 생성한 데이터',
    real: '실제 데이터',
    on: '켬',
    off: '끔',
    cores: (cpu, cores) => `${cpu}, 코어 ${cores}개`,
    eager: (reason) => `연산을 하나씩 실행: ${reason}`,
    graph: '하나의 그래프로 실행',
    shards: (shards) => `하나의 그래프로 실행, 배치마다 ${shards}개로 나누어 계산`,
    units: { hours: '시간', minutes: '분', seconds: '초' },
  },

  statement: {
    points: '점수',
    limits: ({ seconds, parameters, layers, mebibytes }) =>
      `학습 시간은 최대 ${seconds}초입니다. 모델의 파라미터는 최대 ${parameters}개, 층은 최대 ${layers}개이며, 배치 하나에 메모리를 최대 ${mebibytes} MiB까지 쓸 수 있습니다`,
  },
  terminal: {
    sample: '연습용 데이터: 실제 데이터 세트가 아니라 생성한 데이터입니다. 성적이 아닙니다.',
    score: (points) => `점수 ${points}/5`,
    wouldBe: (points) => `인정되지 않는 점수 ${points}/5`,
    profile: (profile, passMark) => `(${profile} 기준, 합격선 ${passMark}점)`,
    lines: {
      ...{ bars: '기준  ', training: '학습  ', model: '모델  ', next: '다음  ', sure: '확실성' },
      ...{ more: '      ', report: '보고서' },
    },
    hint: (text, rule) => `조언: ${text} (${rule})`,
    note: (text) => `참고: ${text}`,
    scoreAlone: 'TensorBoard에는 점수만 있습니다. 학습하지 않은 모델에는 학습 곡선이 없습니다.',
    pointsByProfile: '프로필별 점수 기준:',
    passMark: (points) => `합격선: 5점 만점에 ${points}점`,
    started: (file, commands) =>
      commands.length === 1
        ? `${file} 파일을 만들었습니다. 고친 뒤 실행하세요: ${commands.join('')}`
        : [
            `${file} 파일을 만들었습니다. 고친 뒤 차례로 실행하세요.`,
            ...commands.map((each) => `  ${each}`),
          ].join('\n'),
    notGraded: (name, reason) => `채점하지 않음: ${name}: ${reason}`,
    ignored: (names: string, more: number) =>
      `도구나 시스템이 남긴 파일이라 건너뜁니다: ${names}${more > 0 ? ` 외 ${more}개` : ''}`,
    class: {
      plan: (submissions, candidates, seconds) =>
        `제출물 ${submissions}개${candidates > 0 ? `, 응시자 ${candidates}명` : ''}, ${about(seconds)}`,
      progress: (done, of, seconds) => `${of}개 중 ${done}개 완료, ${about(seconds)} 남음`,
      kept: (name) => `이전 채점 결과를 그대로 씁니다: ${name}`,
      absent: (count, names) =>
        count === 0
          ? '명단의 모든 응시자가 제출했습니다.'
          : `명단에 있으나 제출하지 않음: ${count}명 (${names})`,
      strangers: (count, names) => `명단에 없음: ${count}개 (${names})`,
      hidden: (path) => `이름을 가립니다. 누가 누구인지는 ${path}에 있습니다.`,
      undecided: (name, among) =>
        `${name}: 명단의 여러 사람일 수 있어(${among}) 누구의 것으로도 보지 않습니다.`,
      deadline: (time, isLocal) => `마감: ${time}${isLocal ? ' (이 컴퓨터의 시간대)' : ''}`,
      timesOf: {
        canvas: '늦은 제출은 Canvas가 자체 마감으로 LATE라고 표시한 것입니다.',
        archive: '제출 시각은 압축 파일에 적힌 시각입니다.',
        files:
          '제출 시각은 이 디스크에 있는 파일의 시각입니다. 압축을 푼 프로그램이 다른 시각으로 바꾸었을 수 있습니다.',
        none: '모든 파일의 시각이 내려받은 때와 같아 제출 시각을 알 수 없습니다.',
      },
      late: (count, names) =>
        count === 0 ? '늦은 것으로 확인된 제출물이 없습니다.' : `늦은 제출: ${count}개 (${names})`,
      strictInstead: (problem, profile) =>
        `${problem} 문제에는 "${profile}" 프로필이 없어 strict 프로필로 채점합니다.`,
      nothingToResume:
        '채점한 결과는 results/에 남아 있습니다. 이어서 채점하려면 폴더를 지정하십시오: --out DIR.',
      goOn: (command) => `이어서 채점: ${command}`,
    },
    notGradedCount: (count) => `채점하지 않은 파일: ${count}개`,
    maybeSubmissions: (names, more) =>
      `, 그중 제출물일 수 있는 것: ${names}${more > 0 ? ` 외 ${more}개` : ''}`,
    borderline: (names, more, points) =>
      `${points}점 경계선: ${names}${more > 0 ? ` 외 ${more}개` : ''}. 프로세서, 스레드 수, 시드가 다르면 결과가 달라질 수 있습니다. --seeds 5로 레시피의 점수가 얼마나 흩어지는지 볼 수 있습니다.`,
  },

  github: {
    title: (reached, all, points) =>
      `제출물 ${all}개 가운데 ${reached}개가 ${points}점에 도달했습니다`,
    columns: ['제출물', '문제', '점수', '결과'],
    borderline: '경계선',
    more: (count) => `${count}개가 더 있습니다. 모두 로그와 이 단계의 요약에 있습니다.`,
    cut: (count) =>
      `제출물 ${count}개는 이 페이지에 자리가 없어 뺐습니다. 결과 파일에는 모두 있습니다.`,
  },

  history: {
    columns: {
      ...{ date: '채점한 때', points: '점수', interval: '95% 구간', seed: '시드' },
      folder: '결과 폴더',
    },
    sample: '(연습 데이터)',
    scoredAgain: '(다시 채점)',
    none: (folder) => `채점한 기록이 없습니다: ${folder}`,
    skipped: (folder, reason) => `건너뜀: ${folder}: ${reason}`,
    moreSkipped: (count) => `그 밖에 ${count}개 더 있습니다. --json을 쓰면 모두 볼 수 있습니다.`,
    unread: {
      'no-report': 'report.json이 없습니다. 채점이 아직 끝나지 않았거나 중간에 끊겼습니다.',
      foreign: 'report.json이 이 채점기의 보고서가 아닙니다.',
      broken: 'report.json이 깨져 있습니다.',
      'too-large': 'report.json이 보고서라기에는 너무 큽니다.',
      newer: '더 새로운 채점기가 쓴 보고서입니다.',
      'other-parts': 'report.json에 빠진 부분이 있거나 알 수 없는 부분이 있습니다.',
    },
  },
  probes: {
    title: '정답 누출 점검',
    sharedRows: ({ rows, exact, near, kind }) => {
      const same = `홀드아웃 ${count(rows)}개 중 학습 세트나 검증 세트에도 있는 데이터: 값이 같은 것 ${count(exact)}개`;
      const alike = {
        words: `, 단어 하나만 다른 것 ${count(near)}개`,
        pictures: `, 거의 같아 보이는 것 ${count(near)}개`,
        features: `, 모든 특성이 거의 같은 것 ${count(near)}개`,
        series: '',
      }[kind];
      return `${same}${alike}입니다.`;
    },
    sees: (steps, moved) =>
      `${steps}번째 스텝 이후의 입력을 바꾸었더니 그 이전의 출력이 표준편차의 ${moved}배만큼 달라졌습니다.`,
    perturbed: ({ rows, changed }) =>
      `홀드아웃 데이터 ${rows}개에 입력 표준 편차의 1000분의 1에 해당하는 잡음을 더했을 때 ${changed === 0 ? '답이 바뀐 데이터는 없었습니다' : `${changed}개의 답이 바뀌었습니다`}.`,
    seesNothing: (steps) =>
      `${steps}번째 스텝 이후의 입력을 바꾸어도 그 이전의 출력은 그대로였습니다. 어느 스텝도 이후의 입력을 보지 않습니다.`,
  },

  sweep: {
    title: '학습률에 따른 손실',
    label: '탐색',
    lead: (verdict, own, taken) => {
      const judged = {
        'too-high': `학습률 ${withJosa(own, '은/는')} 너무 높습니다. ${withJosa(taken, '으로/로')} 낮춰 보세요.`,
        'too-low': `학습률 ${withJosa(own, '은/는')} 너무 낮습니다. ${withJosa(taken, '으로/로')} 높여 보세요.`,
        'about-right': `학습률 ${withJosa(own, '은/는')} 적당합니다. 짧은 학습에서 비슷한 손실에 이르는 가장 낮은 학습률은 ${taken}입니다.`,
      };
      return judged[verdict];
    },
    rate: '학습률',
    loss: '손실',
    notFinite: '유한하지 않음',
    own: (rate) => `레시피의 학습률 ${rate}`,
    spoken: (loss, rate) =>
      `학습률에 따른 손실 그래프. 학습률 ${rate}에서 ${withJosa(loss, '으로/로')} 가장 낮음.`,
    meaning:
      '채점이 끝난 뒤 콜백 없이 각 학습률로 약 100스텝씩 학습했을 때 마지막 에포크의 손실입니다. 점수는 바뀌지 않습니다.',
  },

  seeds: {
    title: '시드별 결과',
    label: '시드',
    lead: ({ asked, done, failed, graded, metric, lowest, highest, points }) => {
      const range = lowest === null || highest === null ? '' : ` ${metric} ${lowest}~${highest},`;
      return `학습 ${done < asked ? `${asked}회 중 ${done}회` : `${done}회`}:${range} 점수 ${points.join(', ')}${failed === 0 ? '' : ` (실패 ${failed}회)`}. 중앙값인 시드 ${graded}의 결과를 채점했습니다.`;
    },
    seed: '시드',
    points: '점수',
    epochs: '에포크',
    time: '학습 시간',
  },

  scoredBefore: {
    title: '다시 채점함',
    label: '재채점',
    lead: (date, isChanged) =>
      `${date}에 채점된 예측값을 다시 채점했습니다. 새로 학습한 것은 없습니다.${isChanged ? '' : ' 달라진 것은 없습니다.'}`,
    before: '이전',
    now: '현재',
    points: '점수',
    metric: '평가 지표',
    value: '지표의 값',
    profile: '프로필',
    bar: (points) => `5점 중 ${points}점의 기준`,
    problem: '문제 버전',
    grader: '채점기',
  },

  explanation: {
    title: '모델이 무엇을 보았는가',
    notWhy: '답이 무엇에 좌우되는지를 보여 줄 뿐, 답이 왜 맞는지를 설명하지는 않습니다.',
    asked: (predictions, seconds) =>
      `점수가 확정된 뒤에 예측 ${predictions}회로 알아보았습니다(${seconds}초).`,
    occlusion:
      '그림을 칸으로 나누어 한 칸씩 가려 보았습니다. 파란 칸을 가리면 모델의 확신이 줄고, 주황색 칸을 가리면 확신이 커집니다. 가장 나쁜 예측들과 모델이 가장 확신한 두 예측을 보여 줍니다.',
    leftOutWords:
      '단어를 하나씩 빼 보았습니다. 파란 단어를 빼면 모델의 확신이 줄고, 주황색 단어를 빼면 확신이 커집니다. 가장 나쁜 예측들과 모델이 가장 확신한 두 예측을 보여 줍니다.',
    permutedFeatures: (rows) =>
      `평가 데이터 ${rows}행에서 특성 하나의 값을 서로 뒤섞어 보았습니다. 지표가 많이 나빠질수록 모델이 그 특성에 많이 의존합니다. 같은 내용을 담은 특성들은 그 중요도를 나누어 가집니다.`,
    permutedLags: (rows) =>
      `평가 데이터의 창 ${rows}개에서 몇 단계 전의 값을 서로 뒤섞어 보았습니다. 지표가 많이 나빠질수록 모델이 그 값에 많이 의존합니다.`,
    feature: '특성',
    stepsBack: '몇 단계 전',
    shuffled: (metric) => `뒤섞은 뒤의 ${metric}`,
    worse: '나빠진 정도',
    whole: (value) => `뒤섞지 않았을 때 이 행들의 값은 ${value}입니다.`,
    leftOut: (others, value) =>
      `나머지 ${others}개는 영향이 더 작으며 report.json에 있습니다. 뒤섞지 않았을 때 이 행들의 값은 ${value}입니다.`,
    right: (predicted) => `예측 ${predicted} (정답)`,
    wrong: (predicted, actual) => `예측 ${predicted}, 실제 ${actual}`,
    square: (down, across) => `${down}행 ${across}열의 칸`,
    word: (word) => `'${word}'`,
    falls: (part, given, without) =>
      `${part}, 이 부분이 없으면 확률이 ${given}에서 ${without}로 떨어집니다.`,
    nothing: (given) => `어느 한 부분을 빼도 확률 ${given}는 떨어지지 않습니다.`,
  },
  evidence: {
    totals: '이 문제는 합계만 공개합니다. 홀드아웃 데이터의 행은 하나하나 보여 주지 않습니다.',
    examples: '가장 많이 틀린 홀드아웃 데이터',
    shownOf: (shown, all, file) =>
      `전체 ${all}개 행 가운데 ${shown}개입니다. 모든 행은 ${file}에 있습니다.`,
    ranking: {
      probability: '실제 클래스에 준 확률이 낮을수록 많이 틀린 행입니다.',
      score:
        '예측한 클래스의 점수가 실제 클래스보다 높을수록 많이 틀린 행입니다. 모델의 출력은 확률이 아닙니다.',
      distance: '예측값이 실제값에서 멀수록 많이 틀린 행입니다.',
    },
    row: '행',
    example: '예',
    actual: '실제',
    predicted: '예측',
    error: '오차',
    confidence: '확신도',
    ofActual: '실제 클래스의 확률',
    right: '정답',
    notKnown: '모델이 모르는 단어',
    notKnownNote:
      '점선 상자 안의 단어는 모델이 모르는 단어입니다. 모델은 그 자리에 미등록 단어 표시를 받았습니다.',
    windowNote: '예측에 쓰인 값들이며, 이어서 실제값을 회색으로, 예측값을 파란색으로 그렸습니다.',
    picture: (row) => `홀드아웃 데이터 ${row}행`,
    window: (steps, first, last) => `값 ${steps}개, 처음 ${first}, 마지막 ${last}`,
    filter: '걸러 보기',
    all: '전체',
    filtered: '보이는 행:',
    baselines: '모델 없이 하는 예측과 비교',
    forecast: '예측 방법',
    baseline: {
      model: '이 모델',
      constant: '학습 데이터에서 고른 최선의 상수',
      persistence: '지속 예측: 마지막 값을 그대로',
      autoregression: (order) => `최소 제곱으로 구한 ${order}차 자기회귀`,
    },
    segments: '시계열 구간별 오차',
    segment: '구간',
    rows: '행',
    meanError: '평균 절대 오차',
    bias: '예측 − 실제의 평균',
    decade: (from) => `${from}~${from + 9}년`,
    residualsBy: '특성별 잔차',
    residualsNote:
      '예측 − 실제이며, 점선은 둘이 같은 곳입니다. 주황색 계단은 행을 다섯으로 나눈 평균입니다. 계단이 점선에서 먼 구간에서는 모델의 예측이 한쪽으로 치우칩니다.',
    spokenResiduals: (feature, means) =>
      `${feature}에 따른 잔차입니다. 값이 작은 쪽부터 행을 다섯으로 나눈 평균: ${means}.`,
    probabilities: '확률을 얼마나 믿을 수 있나',
    calibrationError: '기대 보정 오차(ECE)',
    averagePrecision: '평균 정밀도',
    reliability: '신뢰도 다이어그램',
    ofClassOne: (name) => `"${name}"의 확률`,
    ofPrediction: '예측한 클래스의 확률',
    howOften: '실제로 그러했던 비율',
    asSaid: '확률 = 비율',
    interval: '95% 신뢰 구간',
    spokenBins: (bins) => `확률을 열 구간으로 나누면: ${bins.join('; ')}.`,
    spokenBin: (said, seen, rows) => `예측 확률 ${said}, 실제 비율 ${seen}, ${rows}개 행`,
    roc: 'ROC 곡선',
    falsePositiveRate: '거짓 양성 비율',
    truePositiveRate: '참 양성 비율(재현율)',
    byChance: '무작위',
    model: '모델',
    spokenRoc: (area) => `ROC 곡선이며 곡선 아래 면적은 ${area}입니다.`,
    precisionRecall: '정밀도와 재현율',
    recall: '재현율',
    precision: '정밀도',
    spokenPrecision: (average) => `재현율에 따른 정밀도이며 평균은 ${average}입니다.`,
    thresholds: (name) => `"${name}"로 판단하는 임계값을 바꾸면 (채점에는 0.5를 씁니다)`,
    threshold: '임계값',
    columns: {
      ...{ truePositives: '참 양성', falsePositives: '거짓 양성' },
      ...{ falseNegatives: '거짓 음성', trueNegatives: '참 음성' },
      ...{ precision: '정밀도', recall: '재현율', f1: 'F1', accuracy: '정확도' },
    },
  },
};

const metricNames: Readonly<Record<(typeof metrics)[MetricId]['name'], string>> = {
  accuracy: '정확도',
  'mean absolute error': '평균 절대 오차',
  'mean squared error': '평균 제곱 오차',
  'root mean squared error': '평균 제곱근 오차',
  'coefficient of determination': '결정 계수',
  'macro F1': '매크로 F1',
  'area under the ROC curve': 'ROC 곡선 아래 면적',
  'log loss': '로그 손실',
  'top-5 accuracy': '상위 5개 정확도',
};

const relations = { '≤': '이하', '<': '미만', '≥': '이상', '>': '초과' };

type Reading = FindingFigures['another-reading'];

const readings: Readonly<
  Record<
    Reading['reading'],
    (figures: Reading) => { readonly setting: string; readonly advice: string }
  >
> = {
  'pixels-to-255': () => ({
    setting: '픽셀을 0~1이 아니라 0~255의 값으로 넣으면',
    advice:
      '픽셀을 255로 나누지 않고 학습한 모델입니다. 학습하기 전에 255로 나누거나, 학습된 모델 앞에 Rescaling(255) 층을 넣으세요.',
  }),
  'pixels-from-minus-one': () => ({
    setting: '픽셀을 0~1이 아니라 -1~1의 값으로 넣으면',
    advice:
      'Keras의 일부 사전 학습 모델의 `preprocess_input`처럼 -1~1의 픽셀로 학습한 모델입니다. 학습된 모델 앞에 Rescaling(2, offset=-1) 층을 넣으세요.',
  }),
  'series-as-counted': () => ofSeries('스케일링하지 않은'),
  'series-standardised': () => ofSeries('표준화한'),
  'targets-standardised': () => ofTargets('표준화한'),
  'targets-from-0-to-1': () => ofTargets('0~1로 스케일링한'),
  'other-word-ids': (figures) => ({
    setting: `${tokenizerOf(figures)} 쓰면`,
    advice:
      '다른 단어 번호로 학습한 모델입니다. `grader data export`로 내보낸 번호를 쓰세요. 그 토크나이저는 처음 20,000개의 헤드라인으로 만들었고 <OOV>가 있으며, 패딩은 단어 뒤에 붙입니다.',
  }),
};

function ofSeries(scale: string) {
  return {
    setting: `${scale} 시계열을 넣고 예측값의 스케일을 되돌리면`,
    advice: `${scale} 시계열로 학습한 모델입니다. 문제 설명대로 스케일링하거나, 첫 층 앞과 마지막 층 뒤에 Rescaling 층을 넣으세요.`,
  };
}

function ofTargets(scale: string) {
  return {
    setting: `출력을 ${scale} 정답의 예측으로 보고 되돌리면`,
    advice:
      '학습할 때 정답을 스케일링했지만 예측값을 되돌리지 않았습니다. 정답을 그대로 두고 학습하거나, 마지막에 Rescaling 층을 두어 되돌리세요.',
  };
}

function tokenizerOf({ isRefitted, marksUnknown, isPaddedBefore }: Reading): string {
  const tokenizer = [
    ...(marksUnknown ? [] : ['<OOV>가 없는']),
    ...(isRefitted ? ['모든 헤드라인으로 만든'] : []),
  ].join(', ');
  return [
    ...(tokenizer === '' ? [] : [`${tokenizer} 토크나이저`]),
    ...(isPaddedBefore ? ['단어 앞에 붙인 패딩'] : []),
  ]
    .map((part, index, all) =>
      index === all.length - 1 ? withJosa(part, '을/를') : withJosa(part, '와/과'),
    )
    .join(' ');
}

/** Of a metric by its English name; another name stays as it is. */
function metricName(name: string): string {
  return Object.entries(metricNames).find(([english]) => english === name)?.[1] ?? name;
}

function about(seconds: number): string {
  if (seconds < 90) return `약 ${Math.max(1, Math.ceil(seconds))}초`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? `약 ${minutes}분` : `약 ${Math.ceil(minutes / 60)}시간`;
}
