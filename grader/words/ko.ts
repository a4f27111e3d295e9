import type { metrics, MetricId } from '../metrics/metric.ts';
import { count } from '../text/numbers.ts';
import type { Words } from './en.ts';
import { withJosa } from './with-josa.ts';

export const korean: Words = {
  tag: 'ko',

  page: {
    kicker: (category) => `채점 보고서 · 영역 ${category}`,
    sample: '연습용 데이터',
    sampleMeaning:
      '실제 데이터 세트가 아니라 생성된 데이터로 실행한 결과입니다. 모든 과정이 동작하는지 확인할 수 있을 뿐, 성적이 아닙니다.',
    notes: '참고 사항',
    everything: { before: '이 페이지의 모든 내용은', after: '에도 들어 있습니다.' },
  },

  verdict: {
    titles: {
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
    },
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

  metricName: (name) =>
    Object.entries(metricNames).find(([english]) => english === name)?.[1] ?? name,
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

  history: {
    columns: {
      ...{ date: '채점한 때', points: '점수', interval: '95% 구간', seed: '시드' },
      folder: '결과 폴더',
    },
    sample: '(연습 데이터)',
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
