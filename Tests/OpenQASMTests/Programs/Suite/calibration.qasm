// expect: 'defcalgrammar' is not supported
OPENQASM 3.0;
defcalgrammar "openpulse";
