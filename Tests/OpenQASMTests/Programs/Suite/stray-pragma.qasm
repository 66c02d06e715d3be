// expect: 'pragma' is not supported; leave it out
OPENQASM 3.0;
pragma something
