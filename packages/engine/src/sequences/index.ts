export { loadVmisKnn, trainVmisKnn } from "./vmis-knn.ts";
export type { VmisKnnOptions } from "./vmis-knn.ts";
