import Crypto
import CryptoExtras
import Hummingbird
import HummingbirdRouter
import Mustache
