export { GracefulValidation } from './graceful-validation';
