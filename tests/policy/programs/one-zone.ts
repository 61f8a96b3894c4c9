import { balancer, network } from "./surroundings.ts";

/** A load balancer whose subnets are two, and in one zone. */
const { subnets } = network(["a", "a"]);
balancer("site", subnets, []);
