// What a configuration that names no service says of services.
import type { ServiceValues } from "settings/service-settings";

export const noServices: ServiceValues = Object.freeze({
	authenticationURL: "",
	directoryURL: "",
	eventsURL: "",
	idleURL: "",
	informationURL: "",
	messagesURL: "",
	proxyServerURL: "",
	servicesURL: "",
	phoneServices: [],
	provisioning: 2,
	idleTimeout: 0,
	dscpForSCCPPhoneServices: 0,
});
