/** The X.509 library, after the polyfill that its dependency injection asks for. */
import "reflect-metadata";

export * from "@peculiar/x509";
