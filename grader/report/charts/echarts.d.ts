declare module 'echarts/dist/echarts.esm.min.mjs' {
  export { init, type EChartsCoreOption } from 'echarts/core';
}
