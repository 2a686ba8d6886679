import {RestClient, type RestClientOptions} from '../transport/rest-client.js';

/** A file that is loaded when a workspace does not know a method, so that it is asked by REST. */
export const rest = (options: RestClientOptions): RestClient => new RestClient(options);
